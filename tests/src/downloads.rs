//! Packs on their way to a phone: what the platform does with what the core says.

use anyhow::{Result, ensure};
use minqing_core::client::Download;

use crate::{network::Answer, phone::Phone};

impl Phone {
    /// Fetches and unpacks what was offered. Whether a stream has arrived, so that another exchange brings the rest.
    pub fn fetch(&mut self, url: &str) -> Result<bool> {
        self.fetch_and(url, &mut |_| Ok(()))
    }

    /// Exchanges and fetches until nothing is left.
    pub fn take_all(&mut self, url: &str) -> Result<()> {
        while self.exchange(url)?.more | self.fetch(url)? {}
        Ok(())
    }

    /// Fetches and unpacks as [`Phone::fetch`]; after each chunk `look` looks at the phone.
    pub fn fetch_and(&mut self, url: &str, look: &mut dyn FnMut(&Self) -> Result<()>) -> Result<bool> {
        let (mut arrived, mut renewals) = (false, 0);
        loop {
            arrived |= self.unpack(look)?;
            let Some(download) = self.client.next_download()? else { return Ok(arrived) };
            let (status, body) = self.get(url, &download)?;
            let taken = self.client.take_download(status, &body)?;
            if taken.later {
                return Ok(arrived);
            }
            if taken.renew {
                renewals += 1;
                ensure!(renewals < 3, "no fresh token was accepted");
                self.refresh(url)?;
            }
        }
    }

    /// Unpacks what has come. Whether a stream has arrived.
    fn unpack(&mut self, look: &mut dyn FnMut(&Self) -> Result<()>) -> Result<bool> {
        let mut arrived = false;
        loop {
            let unpacked = self.client.unpack_next()?;
            arrived |= unpacked.complete;
            if !unpacked.more {
                return Ok(arrived);
            }
            look(self)?;
        }
    }

    /// Sends one download as it is; status and body of the answer.
    pub fn get(&mut self, url: &str, download: &Download) -> Result<(u16, Vec<u8>)> {
        let Answer { status, body, .. } = self.request_as_device(url, download.clone().into())?;
        Ok((status, body))
    }
}
