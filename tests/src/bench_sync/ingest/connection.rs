//! A connection that is kept, and just enough HTTP to upload on it: client and server share the processors here, and
//! what the client takes the server lacks.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use anyhow::{Context, Result, ensure};
use minqing_core::wire::CONTENT_TYPE;

/// Most bytes of an answer's head.
const HEAD: usize = 8 << 10;

/// A connection to the server, for one phone.
pub struct Connection {
    stream: TcpStream,
    /// All of a request's head but the length.
    head: String,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects to a server at `http://HOST:PORT`.
    pub fn open(url: &str, token: &str) -> Result<Self> {
        let host = url.strip_prefix("http://").context("a url")?;
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        let head = format!("POST /v1/sync HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\ncontent-type: {CONTENT_TYPE}\r\n");
        Ok(Self { stream, head, buffer: vec![0; HEAD] })
    }

    /// Posts a body; the body of the answer.
    pub fn post(&mut self, body: &[u8]) -> Result<Vec<u8>> {
        let mut request = format!("{}content-length: {}\r\n\r\n", self.head, body.len()).into_bytes();
        request.extend_from_slice(body);
        self.stream.write_all(&request)?;
        let (mut read, begins) = (0, b"\r\n\r\n");
        let head = loop {
            read += self.some(read)?;
            if let Some(place) = self.buffer[..read].windows(begins.len()).position(|four| four == begins) {
                break place + begins.len();
            }
        };
        let said = std::str::from_utf8(&self.buffer[..head])?;
        ensure!(said.starts_with("HTTP/1.1 200 "), "an upload was answered {said}");
        let length = said.lines().find_map(|line| line.strip_prefix("content-length: ")).context("an answer without a length")?.parse()?;
        let mut body = self.buffer[head..read].to_vec();
        let came = body.len();
        body.resize(length, 0);
        self.stream.read_exact(&mut body[came..])?;
        Ok(body)
    }

    fn some(&mut self, read: usize) -> Result<usize> {
        let some = self.stream.read(&mut self.buffer[read..])?;
        ensure!(some > 0, "the connection was closed, or the head is too long");
        Ok(some)
    }
}
