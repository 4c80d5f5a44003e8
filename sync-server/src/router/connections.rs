//! Connections: so many at once, each with so much time for the head of a request and for any progress of an answer. Who
//! sends a byte a second is cut, and costs a few KiB until then.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpSocket, TcpStream, lookup_host},
    sync::{Semaphore, watch},
    time::{Instant, Sleep, sleep},
};
use tower_http::add_extension::AddExtension;

/// Most bytes of a request's head, and of what is read ahead: a token, a cookie and a few more.
const HEAD: usize = 32 << 10;
/// How long nobody is let in after the operating system refused, mostly for want of file handles.
const BREATH: Duration = Duration::from_millis(100);

/// Connections that the operating system has made and nobody has taken: of more, as when thousands come at once, the others
/// would try again only after a second.
const AT_THE_DOOR: u32 = 4_096;

/// Listens at an address and port, of a name at the first address that can be had.
///
/// # Errors
/// Those of the operating system.
pub(crate) async fn listen(at: &str) -> io::Result<TcpListener> {
    let mut refused = io::ErrorKind::AddrNotAvailable.into();
    for address in lookup_host(at).await? {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A port that a server just left is free for the next one. On Windows it would be free for anybody.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        match socket.bind(address).and_then(|()| socket.listen(AT_THE_DOOR)) {
            Ok(listener) => return Ok(listener),
            Err(e) => refused = e,
        }
    }
    Err(refused)
}

/// What connections may cost.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// Most at once; others wait at the door.
    pub(super) at_once: usize,
    /// Time for the head of a request, and for any progress of an answer.
    pub(super) slow: Duration,
}

/// Serves until `stop` is done, then until what has begun is answered.
pub(super) async fn serve(listener: TcpListener, routes: Router, bounds: Bounds, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(bounds.at_once));
    let (stopping, stopped) = watch::channel(());
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = room.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        match accepted {
            Ok((socket, from)) => {
                let (routes, stopped) = (routes.clone(), stopped.clone());
                tokio::spawn(async move {
                    let _place = place;
                    connection(socket, from, routes, bounds.slow, stopped).await;
                });
            }
            // That one hung up already, or there are no handles left: the next one may be luckier.
            Err(e) => {
                tracing::warn!(error = %e.kind(), "a connection could not be taken");
                sleep(BREATH).await;
            }
        }
    }
    drop((listener, stopped));
    let _ = stopping.send(());
    stopping.closed().await;
}

/// One connection to its end. That it ends in an error is the other side's affair.
async fn connection(socket: TcpStream, from: SocketAddr, routes: Router, slow: Duration, mut stopped: watch::Receiver<()>) {
    let routes = AddExtension::new(routes, ConnectInfo(from));
    let service = TowerToHyperService::new(routes);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(slow).max_buf_size(HEAD);
    let mut served = std::pin::pin!(http.serve_connection(TokioIo::new(Patient::new(socket, slow)), service));
    tokio::select! {
        ended = &mut served => return drop(ended),
        _ = stopped.changed() => {}
    }
    served.as_mut().graceful_shutdown();
    drop(served.await);
}

/// A socket that must take some of what is written within a time.
struct Patient {
    socket: TcpStream,
    slow: Duration,
    /// Runs while a write waits.
    waits: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(socket: TcpStream, slow: Duration) -> Self {
        Self { socket, slow, waits: None }
    }

    fn bound<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waits = None;
            return written;
        }
        let slow = self.slow;
        let waits = self.waits.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(Instant::now() + slow)));
        waits.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(cx, bytes);
        self.bound(cx, written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(cx, bytes);
        self.bound(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}
