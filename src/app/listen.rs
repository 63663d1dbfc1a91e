//! Takes connections, and lets nobody hold one without saying or hearing anything.
//!
//! As `axum::serve`, but with a limit on the time that the head of a request may take, and on the time that an answer
//! may wait for whoever asked: without them, whoever opens connections and says nothing, or never reads, keeps them for
//! ever. There are so many places, and for one client fewer; who finds none is told so.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceBuilder;
use tracing::{debug, error, warn};

use super::patient::Patient;
use super::places::{Full, Place, Places};
use crate::base::config::Server;

/// How long to wait when the system has no room for another connection.
const PAUSE: Duration = Duration::from_secs(1);

/// How many are told at once that there is no room. More are let go without a word.
const FAREWELLS: usize = 64;

/// How long that may take.
const FAREWELL: Duration = Duration::from_secs(2);

/// Answers until `stop`; what is under way then is finished by its own task.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: &Server,
    stop: CancellationToken,
    tasks: TaskTracker,
) {
    let (places, farewells) = (Places::new(settings), Arc::new(Semaphore::new(FAREWELLS)));
    let mut was_full = false;
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, address)) => match places.take(address.ip()) {
                Ok(place) => {
                    let visit = Visit { stream, address, place, patience: settings.client_timeout };
                    tasks.spawn(visit.talk(router.clone(), stop.clone()));
                    was_full = false;
                }
                Err(full) => {
                    if !was_full && full == Full::All {
                        warn!("All {} connections are taken; see server.connections", settings.connections);
                    }
                    was_full |= full == Full::All;
                    debug!(%address, "There is no place for {address}: {full:?}");
                    if let Ok(permit) = Arc::clone(&farewells).try_acquire_owned() {
                        tasks.spawn(turn_away(stream, full, permit));
                    }
                }
            },
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

/// A connection that has a place.
struct Visit {
    stream: TcpStream,
    address: SocketAddr,
    place: Place,
    patience: Duration,
}

impl Visit {
    async fn talk(self, router: Router, stop: CancellationToken) {
        let Self { stream, address, place, patience } = self;
        // Answers are written whole: waiting for more to send only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            debug!(%error, "The connection of {address} is slower than it could be: {error}");
        }
        let service = ServiceBuilder::new().layer(Extension(ConnectInfo(address))).service(router);
        let mut builder = Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(patience);
        let io = TokioIo::new(Patient::new(stream, patience));
        let connection = builder.serve_connection(io, TowerToHyperService::new(service));
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
        drop(place);
    }
}

/// Says that there is no room, whatever was asked.
async fn turn_away(mut stream: TcpStream, full: Full, _permit: OwnedSemaphorePermit) {
    let (status, text) = match full {
        Full::All => ("503 Service Unavailable", "This site has no room for another connection now.\n"),
        Full::Client => ("429 Too Many Requests", "There are too many connections from your address.\n"),
    };
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\nretry-after: 5\r\n\
         connection: close\r\n\r\n{text}",
        text.len()
    );
    let said = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        // What was asked is read: closing before would tear the answer away.
        let mut asked = [0; 1_024];
        for _ in 0..64 {
            if stream.read(&mut asked).await? == 0 {
                break;
            }
        }
        std::io::Result::Ok(())
    };
    // Who hangs up knows already.
    let _ = timeout(FAREWELL, said).await;
}
