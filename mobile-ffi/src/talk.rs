//! The loop that speaks to the office, for an app that brings only its network.

use std::sync::Arc;

use minqing_core::client::{Client, Contacted, Header, Request, Step};

use crate::{Minqing, MinqingError};

/// What came back from the office.
#[derive(uniffi::Record)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers, with names in small letters.
    pub headers: Vec<Header>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why no answer came.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum TransportError {
    /// The request could not be sent, or the line was cut.
    #[error("the office cannot be reached")]
    Unreachable,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for TransportError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unreachable
    }
}

/// The app's network.
#[uniffi::export(with_foreign)]
#[async_trait::async_trait]
pub trait Transport: Send + Sync {
    /// Sends a request to the office's server and returns its answer, whatever its status.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;
}

/// A screen that shows how far it came.
#[uniffi::export(with_foreign)]
pub trait Progress: Send + Sync {
    /// After each answer: what all of them brought so far.
    fn contacted(&self, so_far: Contacted);
}

/// A contact that may be dropped in the middle: its request is forgotten then, and what it carried is sent again.
struct UnderWay<'a>(&'a Minqing);

impl UnderWay<'_> {
    async fn talk(&self, transport: Arc<dyn Transport>, progress: Option<Arc<dyn Progress>>) -> Result<Contacted, MinqingError> {
        let mut brought = Contacted::default();
        loop {
            match self.0.act(Client::next_step)? {
                Step::Done => return self.0.finish_contact().map(|()| brought),
                Step::Again => {}
                Step::Send { request } => {
                    let Ok(Response { status, headers, body }) = transport.send(request).await else { return Err(self.0.lock().request_failed().into()) };
                    brought = self.0.act(|client| client.take_response(status, headers, body))?;
                    progress.iter().for_each(|screen| screen.contacted(brought.clone()));
                }
            }
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let _ = self.0.lock().request_failed();
    }
}

#[uniffi::export]
impl Minqing {
    /// Says all there is to say to the office. May be cancelled at any time: nothing is lost. While another is under way it fails
    /// with `contact.under_way`, and that one goes on and brings what was written meanwhile.
    pub async fn sync(&self, transport: Arc<dyn Transport>, progress: Option<Arc<dyn Progress>>) -> Result<Contacted, MinqingError> {
        let _turn = self.contact.take()?;
        self.act(Client::begin_contact)?;
        UnderWay(self).talk(transport, progress).await
    }

    /// Goes on with a contact that was begun, as by [`Minqing::begin_enrolment`]; else as [`Minqing::sync`].
    pub async fn talk(&self, transport: Arc<dyn Transport>, progress: Option<Arc<dyn Progress>>) -> Result<Contacted, MinqingError> {
        let _turn = self.contact.take()?;
        UnderWay(self).talk(transport, progress).await
    }
}
