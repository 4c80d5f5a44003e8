//! Connections that send a byte a second. How many: 2,000, or `MINQING_SLOW=10000`, or as many as the operating system allows.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use minqing_core::model::{Address, NewHousehold, NewVisit};
use minqing_tests::hands::Hands;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::end_to_end::program::with_one_phone_and;

/// Handles that the rest of this process needs.
const OTHERS: u64 = 600;
/// What a slow connection may cost the server, KiB.
const EACH_KIB: u64 = 48;
/// What the server may take besides, KiB.
const BESIDES_KIB: u64 = 96 << 10;
/// Bytes that a slow connection gets rid of at most before it is cut: one a round.
const MOST_BYTES: usize = 80;

/// Resident memory of a process, now and at most, KiB.
pub fn memory(pid: &str) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let of = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    (of("VmRSS:"), of("VmHWM:"))
}

/// As many as are wanted, and as this process may have.
fn how_many() -> usize {
    let wanted: u64 = std::env::var("MINQING_SLOW").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    let allowed = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX).saturating_sub(OTHERS);
    usize::try_from(wanted.min(allowed)).unwrap()
}

struct Slow {
    socket: TcpStream,
    says: &'static [u8],
    said: usize,
    cut: bool,
}

impl Slow {
    /// Half of them never end the head of a request, the others send a body that does not come.
    fn open(address: &str, n: usize) -> std::io::Result<Self> {
        const HEAD: &[u8] = b"GET /office HTTP/1.1\r\nhost: office\r\nx-padding: and so on, and so on, and so on, and so on, and so on, and so on";
        const BODY: &[u8] = b"POST /v1/enrol HTTP/1.1\r\nhost: office\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n";
        const PADDING: &[u8] = b"                                                                                                    ";
        let mut socket = TcpStream::connect(address)?;
        let says = if n.is_multiple_of(2) { HEAD } else { PADDING };
        if !n.is_multiple_of(2) {
            socket.write_all(BODY)?;
        }
        socket.set_nonblocking(true)?;
        Ok(Self { socket, says, said: 0, cut: false })
    }

    /// One byte more; notes whether the other side has hung up.
    fn go_on(&mut self) {
        if self.cut {
            return;
        }
        let written = self.socket.write(&self.says[self.said..=self.said]);
        self.said += usize::from(matches!(written, Ok(1)));
        let mut answer = [0; 4_096];
        self.cut = loop {
            match self.socket.read(&mut answer) {
                Ok(0) => break true,
                Ok(_) => {}
                Err(e) => break e.kind() != ErrorKind::WouldBlock,
            }
        };
    }
}

#[test]
fn thousands_of_slow_connections_are_cut_and_hold_up_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let wanted = how_many();
    // Long enough that nearly all are there at once.
    let seconds = (8 + wanted / 1_000).to_string();
    let limits = [("MINQING__LIMITS__SLOW_SECONDS", seconds.as_str()), ("MINQING__LIMITS__TIMEOUT_SECONDS", &seconds)];
    let (server, mut phone) = with_one_phone_and(dir.path(), &Hands::at(1_800_000_000_000), 17, &limits);
    let address = Address { community: "620102001001".into(), lane: "张掖巷".into(), door: "12".into(), ..Address::default() };
    let household = phone.client.record_household(NewHousehold { grid: "620102001001001".into(), address, ..NewHousehold::default() }).unwrap();
    phone.contact(&server.url).unwrap();
    let before = memory(&server.pid().to_string()).0;

    let at = server.url.strip_prefix("http://").unwrap();
    let mut slow: Vec<Slow> = (0..wanted).map_while(|n| Slow::open(at, n).ok()).collect();
    let opened = slow.len();
    assert!(opened > wanted / 2, "{opened} of {wanted}");
    slow.iter_mut().for_each(Slow::go_on);
    let at_once = slow.iter().filter(|one| !one.cut).count();
    let mut honest = 0;
    while slow.iter().any(|one| !one.cut) {
        slow.iter_mut().for_each(Slow::go_on);
        let most = slow.iter().filter(|one| !one.cut).map(|one| one.said).max().unwrap_or(0);
        assert!(most <= MOST_BYTES, "{} of {opened} are still there after {most} bytes", slow.iter().filter(|one| !one.cut).count());
        let visit = NewVisit { household: household.clone(), purpose: "routine".into(), outcome: "talked".into(), ..NewVisit::default() };
        phone.client.record_visit(visit).unwrap();
        assert_eq!(phone.contact(&server.url).unwrap().settled, 1);
        honest += 1;
        thread::sleep(Duration::from_secs(1));
    }
    assert!(honest >= 2, "an honest phone was served while they were there");
    assert!(at_once > opened / 2, "{at_once} of {opened} at once");
    let peak = memory(&server.pid().to_string()).1;
    println!("{opened} slow connections, {at_once} of them at once; {honest} exchanges meanwhile; the server took {before} KiB before, {peak} KiB at most");
    assert!(peak <= before + opened as u64 * EACH_KIB + BESIDES_KIB, "{before} KiB before, {peak} KiB at most");
}

/// Each byte arrives alone: kept with the buffer that it was read into, the server would take 300 MiB for these 40 KB.
#[test]
fn a_body_in_single_bytes_costs_no_more_than_its_length() {
    const LENGTH: usize = 2_000;
    const LINES: usize = 20;
    let dir = tempfile::tempdir().unwrap();
    let (server, _phone) = with_one_phone_and(dir.path(), &Hands::at(1_800_000_000_000), 18, &[]);
    let before = memory(&server.pid().to_string()).0;
    let at = server.url.strip_prefix("http://").unwrap();
    let head = format!("POST /v1/enrol HTTP/1.1\r\nhost: office\r\ncontent-type: application/json\r\ncontent-length: {LENGTH}\r\n\r\n");
    let mut lines: Vec<TcpStream> = (0..LINES)
        .map(|_| {
            let mut socket = TcpStream::connect(at).unwrap();
            socket.set_nodelay(true).unwrap();
            socket.write_all(head.as_bytes()).unwrap();
            socket
        })
        .collect();
    for _ in 0..LENGTH {
        lines.iter_mut().for_each(|socket| socket.write_all(b" ").unwrap());
        // So that the server reads before the next one comes.
        thread::sleep(Duration::from_millis(1));
    }
    for socket in &mut lines {
        let mut answer = [0; 12];
        socket.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 400", "read to its end, and no JSON");
    }
    let peak = memory(&server.pid().to_string()).1;
    println!("{before} KiB before, {peak} KiB at most");
    assert!(peak <= before + (48 << 10), "{before} KiB before, {peak} KiB at most");
}
