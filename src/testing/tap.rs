//! A wire that is listened to: requests to a site pass through here, and what they say is kept.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// Between a site and all who reach it by its public address.
#[derive(Debug)]
pub struct Tap {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    target: Arc<Mutex<Option<SocketAddr>>>,
    task: AbortHandle,
}

impl Tap {
    /// Listens, and hands on as soon as it knows where to.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the listener has an address");
        let (heads, target) = (Arc::default(), Arc::default());
        let task = tokio::spawn(run(listener, Arc::clone(&heads), Arc::clone(&target))).abort_handle();
        Self { address, heads, target, task }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where to hand on to.
    pub fn leads_to(&self, target: SocketAddr) {
        *self.target.lock().unwrap_or_else(PoisonError::into_inner) = Some(target);
    }

    /// The heads of all requests with a signature so far, in lower case: first line and headers.
    pub fn signed(&self) -> Vec<String> {
        let heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.iter().filter(|head| head.contains("\r\nsignature: ")).cloned().collect()
    }

    /// Forgets what was heard so far.
    pub fn forgets(&self) {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Heads = Arc<Mutex<Vec<String>>>;
type Target = Arc<Mutex<Option<SocketAddr>>>;

async fn run(listener: TcpListener, heads: Heads, target: Target) {
    while let Ok((from, _)) = listener.accept().await {
        let target = *target.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(target) = target else { continue };
        let heads = Arc::clone(&heads);
        tokio::spawn(async move {
            if let Ok(to) = TcpStream::connect(target).await {
                hand_on(from, to, heads).await;
            }
        });
    }
}

/// Both directions until one ends. Requests follow one another on a connection, each with a head of its own.
async fn hand_on(from: TcpStream, to: TcpStream, heads: Heads) {
    let (mut asks, mut hears) = from.into_split();
    let (mut answers, mut tells) = to.into_split();
    let back = tokio::spawn(async move { tokio::io::copy(&mut answers, &mut hears).await });
    let mut bytes = vec![0; 64 << 10];
    let mut head = Vec::new();
    while let Ok(count) = asks.read(&mut bytes).await {
        if count == 0 || tells.write_all(&bytes[..count]).await.is_err() {
            break;
        }
        head.extend_from_slice(&bytes[..count]);
        keep(&mut head, &heads);
    }
    let _ = tells.shutdown().await;
    let _ = back.await;
}

/// Takes whole heads off the front; what stands before a first line is the body of the last request.
fn keep(seen: &mut Vec<u8>, heads: &Heads) {
    loop {
        let text = String::from_utf8_lossy(seen).to_lowercase();
        let start = ["get /", "post /"].iter().filter_map(|verb| text.find(verb)).min();
        let end = start.and_then(|start| Some(start + text.get(start..)?.find("\r\n\r\n")?));
        let (Some(start), Some(end)) = (start, end) else { return };
        heads.lock().unwrap_or_else(PoisonError::into_inner).push(text[start..end + 2].to_owned());
        seen.drain(..(end + 4).min(seen.len()));
    }
}
