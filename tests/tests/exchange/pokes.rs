//! A phone that listens is poked when something is new for it, and only then; nothing personal goes over that line.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use minqing_core::{ids::Opening, wire::Up};

use super::by_hand::{ByHand, STREAMS};
use crate::attachments::office::Office;

const OPENING: Opening = Opening([9; 5]);
/// All that ever goes: one chunk.
const POKE: &str = "event: poke\ndata: new\n\n";

struct Line {
    head: String,
    read: BufReader<TcpStream>,
}

impl Line {
    /// Opens the stream of events of a phone.
    fn open(office: &Office, phone: &ByHand) -> Self {
        let mut socket = TcpStream::connect(office.url.strip_prefix("http://").unwrap()).unwrap();
        let ask = format!("GET /v1/sync/events HTTP/1.1\r\nhost: office\r\nauthorization: Bearer {}\r\n\r\n", phone.access);
        socket.write_all(ask.as_bytes()).unwrap();
        let (mut read, mut head) = (BufReader::new(socket), String::new());
        while !head.ends_with("\r\n\r\n") {
            assert!(read.read_line(&mut head).unwrap() > 0, "{head}");
        }
        Self { head, read }
    }

    /// The next event; none when the office ended the stream.
    fn next(&mut self) -> Option<String> {
        let mut length = String::new();
        self.read.read_line(&mut length).unwrap();
        let length = usize::from_str_radix(length.trim(), 16).unwrap();
        let mut chunk = vec![0; length + 2];
        self.read.read_exact(&mut chunk).unwrap();
        (length > 0).then(|| String::from_utf8(chunk[..length].to_vec()).unwrap())
    }
}

fn bring(office: &Office, phone: &ByHand, n: u32) {
    let card = phone.cards(OPENING, n, 1);
    let told = phone.exchange(&office.url, &ByHand::up(vec![phone.seal(OPENING, u64::from(n), &card)]));
    assert!(told.down.is_some_and(|down| down.states.len() == 1));
}

fn rows(office: &Office, phone: &ByHand) -> usize {
    phone.exchange(&office.url, &Up { scope: 1, seqs: vec![0; STREAMS], ..Up::default() }).down.unwrap().rows.len()
}

#[test]
fn what_one_phone_brings_pokes_another_of_its_grid_which_finds_it() {
    let office = Office::open();
    let (writer, reader) = (ByHand::enrol(&office, 1), ByHand::enrol(&office, 2));
    let mut line = Line::open(&office, &reader);
    assert!(line.head.starts_with("HTTP/1.1 200 ") && line.head.to_lowercase().contains("content-type: text/event-stream"), "{}", line.head);
    assert_eq!(office.app.pokes.listening(), 1);
    for n in 1..=3 {
        bring(&office, &writer, n);
        assert_eq!(line.next().as_deref(), Some(POKE));
        assert_eq!(rows(&office, &reader), n as usize);
    }
}

#[test]
fn a_phone_listens_once_and_not_when_it_may_read_no_more() {
    let office = Office::open();
    let (writer, reader) = (ByHand::enrol(&office, 1), ByHand::enrol(&office, 2));
    let mut older = Line::open(&office, &reader);
    let mut newer = Line::open(&office, &reader);
    assert_eq!(older.next(), None, "the older one ends");
    assert_eq!(office.app.pokes.listening(), 1);
    office.app.store.end_reading(reader.device, 1).unwrap();
    bring(&office, &writer, 1);
    assert_eq!(newer.next(), None, "not even a poke");
    let refused = Line::open(&office, &reader);
    assert!(refused.head.starts_with("HTTP/1.1 403 "), "{}", refused.head);
}

#[test]
fn a_stream_of_events_ends_with_its_token() {
    let office = Office::open();
    let reader = ByHand::enrol(&office, 2);
    // One second of its fifteen minutes is left.
    office.hands.turn(15 * 60_000 - 1_000);
    let mut line = Line::open(&office, &reader);
    assert_eq!((line.head.starts_with("HTTP/1.1 200 "), line.next()), (true, None));
    office.hands.turn(1_000);
    assert!(Line::open(&office, &reader).head.starts_with("HTTP/1.1 401 "));
}

#[test]
fn only_so_many_phones_listen() {
    let office = Office::with(|config| config.limits.listening = 1);
    let phones = [1, 2].map(|n| ByHand::enrol(&office, n));
    let _first = Line::open(&office, &phones[0]);
    let second = Line::open(&office, &phones[1]);
    assert!(second.head.starts_with("HTTP/1.1 503 ") && second.head.to_lowercase().contains("retry-after: "), "{}", second.head);
}
