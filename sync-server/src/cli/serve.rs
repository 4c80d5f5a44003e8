//! `minqing serve`.

use std::{future::Future, sync::Arc};

use serde_json::json;
use tokio::signal;
use tracing_subscriber::EnvFilter;

use super::{Out, handles};
use crate::{app::App, clock::SystemClock, config::Config, entropy::SystemEntropy, fault::Fault, lock, router};

/// Serves until the process is told to stop.
pub fn run(config: Config, out: &Out) -> Result<(), Fault> {
    log();
    handles::raise();
    let failed = |e: std::io::Error| Fault::new("start.failed", e.to_string());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let listen = config.listen.clone();
        let data = config.data.clone();
        let app = App::open(config, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
        let _lock = lock::take(&data).map_err(|_| Fault::new("start.locked", data.display().to_string()))?;
        let listener = router::listen(&listen).await.map_err(|_| Fault::new("start.listen", listen))?;
        let at = listener.local_addr().map_err(failed)?.to_string();
        tracing::info!(at, "serving");
        let first = first_run(&app)?;
        out.done(&json!({"listening": at, "first_run": first}), "serve-listening", &[("at", at.as_str().into())]);
        if let Some(address) = first {
            out.also(0, "serve-first-run", &[("address", address.into())]);
        }
        router::serve(app, listener, told_to_stop()?).await.map_err(failed)?;
        tracing::info!("stopped");
        Ok(())
    })
}

/// The page that opens an office in which nobody works yet.
fn first_run(app: &App) -> Result<Option<String>, Fault> {
    let is_empty = app.store.all_staff()?.is_empty();
    Ok(is_empty.then(|| format!("{}/office/first?code={}", app.config.public_url, app.first_run.begin(app.entropy.as_ref()))))
}

/// JSON lines on stderr; RUST_LOG chooses how many.
fn log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // A second start in one process (a test) keeps the first one's log.
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    // The usual hook prints the panic's text, which may hold what a resident said.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "panic");
    }));
}

/// Done at Ctrl-C, and at SIGTERM where there is one. A second one ends the process at once.
fn told_to_stop() -> Result<impl Future<Output = ()> + Send + 'static, Fault> {
    #[cfg(unix)]
    let mut term = signal::unix::signal(signal::unix::SignalKind::terminate()).map_err(|e| Fault::new("start.failed", e.to_string()))?;
    #[cfg(unix)]
    let mut signals = async move || {
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = term.recv() => {}
        }
    };
    #[cfg(not(unix))]
    let mut signals = async || drop(signal::ctrl_c().await);
    let (first, stop) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        signals().await;
        tracing::info!("told to stop: finishing what has begun");
        let _ = first.send(());
        signals().await;
        tracing::warn!("told to stop again: stopping at once");
        std::process::exit(1);
    });
    Ok(async move { drop(stop.await) })
}
