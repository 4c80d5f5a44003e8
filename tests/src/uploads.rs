//! A phone's files on their way: what the platform does with what the core says, also where the network is cut.

use std::{io::Write, net::TcpStream};

use anyhow::{Context, Result, bail};
use minqing_core::client::{Header, Upload};

use crate::{
    network::{Answer, body_of},
    phone::Phone,
};

/// Requests in one go, so that a server that never settles a file is found out.
const MOST: usize = 10_000;

impl Phone {
    /// Sends what waits. With `cut` the network goes in the middle of the first body. Returns how many files arrived.
    pub fn upload(&mut self, url: &str, cut: bool) -> Result<u32> {
        let (mut arrived, mut renewals) = (0, 0);
        for _ in 0..MOST {
            let Some(upload) = self.client.next_upload()? else { return Ok(arrived) };
            if cut && upload.len > 0 {
                self.send_half(url, &upload)?;
                self.client.upload_failed();
                return Ok(arrived);
            }
            let sent = self.send_upload(url, &upload);
            let Ok((status, headers, body)) = sent else {
                self.client.upload_failed();
                sent?;
                bail!("unreachable");
            };
            let taken = self.client.take_upload_answer(status, headers, body)?;
            arrived += u32::from(taken.at_office);
            if taken.renew {
                renewals += 1;
                anyhow::ensure!(renewals < 3, "no fresh token was accepted");
                self.refresh(url)?;
            }
        }
        bail!("the uploads did not come to an end")
    }

    /// Sends one request as it is; status, headers and body of the answer.
    pub fn send_upload(&mut self, url: &str, upload: &Upload) -> Result<(u16, Vec<Header>, Vec<u8>)> {
        let Answer { status, headers, body } = self.request_as_device(url, upload.clone().into())?;
        Ok((status, headers, body))
    }

    /// Announces a whole body, sends half of it, and is gone.
    fn send_half(&mut self, url: &str, upload: &Upload) -> Result<()> {
        let body = body_of(&upload.clone().into())?;
        let token = self.token(url)?;
        let host = url.strip_prefix("http://").context("an address over http")?;
        let mut head =
            format!("{} {} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\ncontent-length: {}\r\n", upload.method, upload.path, body.len());
        for header in &upload.headers {
            head += &format!("{}: {}\r\n", header.name, header.value);
        }
        let mut socket = TcpStream::connect(host)?;
        socket.write_all(head.as_bytes())?;
        socket.write_all(b"\r\n")?;
        socket.write_all(&body[..body.len() / 2])?;
        self.traffic.requests += 1;
        self.traffic.up += body.len() as u64 / 2;
        Ok(())
    }
}
