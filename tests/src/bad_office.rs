//! Servers that do not answer as an office should.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// A server that is too busy.
pub const BUSY: &[u8] = b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
/// Another one's page in the place of an answer.
pub const RUBBISH: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\nconnection: close\r\n\r\n<html>hi!";
/// A line that is cut.
pub const CUT: &[u8] = b"";

/// Starts a server that gives one answer to everything; its address. It ends with this process.
pub fn answering(with: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            // All of it: who closes over unread bytes resets the line.
            read_request(&socket);
            let _ = socket.write_all(with);
        }
    });
    url
}

fn read_request(socket: &TcpStream) {
    let (mut reader, mut line, mut length) = (BufReader::new(socket), String::new(), 0);
    while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
        if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let _ = reader.take(length).read_to_end(&mut Vec::new());
}
