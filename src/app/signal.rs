//! How the system tells the program to stop.
use tokio::sync::watch;

use super::Failure;

/// Turns true at SIGTERM or SIGINT.
///
/// # Errors
/// When the system lets us hear no signals.
pub fn stop_signal() -> Result<watch::Receiver<bool>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let deaf = |e: std::io::Error| Failure::new(format!("the system lets the program hear no signals: {}", e.kind()));
    let mut terminate = signal(SignalKind::terminate()).map_err(deaf)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(deaf)?;
    let (tell, stop) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        let _ = tell.send(true);
        // A second one does not wait.
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        std::process::exit(130);
    });
    Ok(stop)
}

/// What becomes of `work`, unless it is to stop before: then it is dropped where it stands, and `said` is the reason.
///
/// # Errors
/// When it was stopped, or the work failed.
pub async fn unless_stopped<T>(
    mut stop: watch::Receiver<bool>,
    said: &str,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::select! {
        biased;
        _ = stop.wait_for(|stop| *stop) => Err(Failure::new(said)),
        done = work => done,
    }
}
