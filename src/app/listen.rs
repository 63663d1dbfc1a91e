//! Takes connections, and lets nobody hold one without saying anything.
//!
//! As `axum::serve`, but with a limit on the time that the head of a request may take: without one, whoever opens
//! connections and says nothing, or a byte now and then, keeps them for ever.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceBuilder;
use tracing::{debug, error};

/// How long to wait when the system has no room for another connection.
const PAUSE: Duration = Duration::from_secs(1);

/// Answers until `stop`; what is under way then is finished by its own task.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Duration,
    stop: CancellationToken,
    tasks: TaskTracker,
) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => {
                tasks.spawn(talk(stream, address, router.clone(), patience, stop.clone()));
            }
            Err(error) if is_about_one_connection(error.kind()) => {}
            Err(error) => {
                error!(%error, "No connection can be taken: {error}");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

fn is_about_one_connection(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

async fn talk(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    patience: Duration,
    stop: CancellationToken,
) {
    // Answers are written whole: waiting for more to send only delays them.
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "The connection of {address} is slower than it could be: {error}");
    }
    let service = ServiceBuilder::new().layer(Extension(ConnectInfo(address))).service(router);
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = pin!(connection.with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        debug!(%address, %error, "The connection of {address} ended: {error}");
    }
}
