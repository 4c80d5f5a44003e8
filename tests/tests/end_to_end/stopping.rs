//! Settings from the environment, and stopping, with the real program.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use super::program::{Serving, run};

/// A request that has begun: its head is sent and its body is not complete.
fn begin(url: &str) -> TcpStream {
    let at = url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(at).unwrap();
    let head = format!("POST /v1/enrol HTTP/1.1\r\nhost: {at}\r\ncontent-type: application/json\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n");
    socket.write_all(head.as_bytes()).unwrap();
    // The handler is reading the body: the server says that it waits for it.
    let mut said = [0; 25];
    socket.read_exact(&mut said).unwrap();
    assert!(said.starts_with(b"HTTP/1.1 100 Continue"));
    socket
}

/// Begins a request, tells the server to stop, and waits until it takes no other.
fn begin_and_stop(server: &Serving) -> TcpStream {
    let socket = begin(&server.url);
    server.tell_to_stop();
    let at = server.url.strip_prefix("http://").unwrap();
    while TcpStream::connect(at).is_ok() {
        std::thread::yield_now();
    }
    socket
}

#[test]
fn what_has_begun_is_finished_and_nothing_new_begins() {
    let dir = tempfile::tempdir().unwrap();
    let server = Serving::start(&dir.path().join("office"));
    let mut socket = begin_and_stop(&server);
    socket.write_all(b"{}").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 422") || answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("request.malformed"), "{answer}");
    assert_eq!(server.ended(), Some(0));
}

#[test]
fn a_second_signal_stops_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = Serving::start(&dir.path().join("office"));
    let mut socket = begin_and_stop(&server);
    server.tell_to_stop();
    assert_eq!(server.ended(), Some(1));
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    assert!(answer.is_empty(), "the request was answered all the same");
}

#[test]
fn a_request_that_never_ends_does_not_keep_the_server_up() {
    let dir = tempfile::tempdir().unwrap();
    let server = Serving::start_with(&dir.path().join("office"), &[("MINQING__LIMITS__STOP_SECONDS", "0")]);
    let _socket = begin(&server.url);
    server.tell_to_stop();
    assert_eq!(server.ended(), Some(0));
}

#[test]
fn the_settings_in_force_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("office");
    let said = run(&data, &["config"]);
    let shown = String::from_utf8(said.stdout).unwrap();
    assert!(said.status.success() && shown.contains("[tries]\n"), "{shown}");
    assert!(shown.contains(&format!("data = \"{}\"", data.display())), "{shown}");
    assert!(!data.exists(), "looking changed something");
    // What is shown is a settings file that gives the same.
    let file = dir.path().join("minqing.toml");
    std::fs::write(&file, &shown).unwrap();
    let again = run(&data, &["config", "--config", file.to_str().unwrap()]);
    assert_eq!(String::from_utf8(again.stdout).unwrap(), shown);
}
