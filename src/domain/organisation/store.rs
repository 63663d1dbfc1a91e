//! Rows of other sites.

use super::model::{Peer, PeerState};
use crate::base::id::PeerId;
use crate::base::{Error, Millis, Result};
use crate::platform::db::Conn;
use crate::{args, sql};

/// The site, or [`Error::NotFound`].
pub async fn get(conn: &mut Conn, id: PeerId) -> Result<Peer> {
    let peer = conn
        .optional(
            sql!(
                "SELECT id, host, state, actor_uri, inbox, name, colour, organisation_uri, follow_uri, blocked_at,
                        created_at, updated_at
                 FROM peers
                 WHERE id = $1"
            ),
            args![id],
        )
        .await?;
    peer.ok_or(Error::not_found("site"))
}

/// By host.
pub async fn find(conn: &mut Conn, host: &str) -> Result<Option<Peer>> {
    conn.optional(
        sql!(
            "SELECT id, host, state, actor_uri, inbox, name, colour, organisation_uri, follow_uri, blocked_at,
                    created_at, updated_at
             FROM peers
             WHERE host = $1"
        ),
        args![host.to_lowercase()],
    )
    .await
}

/// All sites, by name.
pub async fn list(conn: &mut Conn) -> Result<Vec<Peer>> {
    conn.all(
        sql!(
            "SELECT id, host, state, actor_uri, inbox, name, colour, organisation_uri, follow_uri, blocked_at,
                    created_at, updated_at
             FROM peers
             ORDER BY name, host"
        ),
        args![],
    )
    .await
}

/// Inboxes of the sites in the organisation.
pub async fn list_inboxes(conn: &mut Conn) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = conn
        .all(
            sql!(
                "SELECT inbox
                 FROM peers
                 WHERE state = 'accepted' AND blocked_at IS NULL AND inbox IS NOT NULL"
            ),
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(|(inbox,)| inbox).collect())
}

/// Adds a site, or writes what it says of itself over what was known. How far the handshake is, and whether our
/// moderators blocked it, is not touched: see [`update_state`] and [`update_blocked`].
pub async fn upsert(conn: &mut Conn, peer: &Peer) -> Result<()> {
    conn.execute(
        sql!(
            "INSERT INTO peers (id, host, state, actor_uri, inbox, name, colour, organisation_uri, follow_uri,
                                blocked_at, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (host)
             DO UPDATE SET actor_uri = excluded.actor_uri, inbox = excluded.inbox, name = excluded.name,
                           colour = excluded.colour, organisation_uri = excluded.organisation_uri,
                           updated_at = excluded.updated_at"
        ),
        args![
            peer.id,
            peer.host.to_lowercase(),
            peer.state,
            peer.actor_uri,
            peer.inbox,
            peer.name,
            peer.colour,
            peer.organisation_uri,
            peer.follow_uri,
            peer.blocked_at,
            peer.created_at,
            peer.updated_at
        ],
    )
    .await?;
    Ok(())
}

/// The handshake goes on.
pub async fn update_state(
    conn: &mut Conn,
    id: PeerId,
    state: PeerState,
    follow_uri: Option<&str>,
    now: Millis,
) -> Result<()> {
    conn.execute(
        sql!(
            "UPDATE peers
             SET state = $2, follow_uri = $3, updated_at = $4
             WHERE id = $1"
        ),
        args![id, state, follow_uri, now],
    )
    .await?;
    Ok(())
}

/// Our moderators block (or no longer block) a site. `false` if that was so already.
pub async fn update_blocked(conn: &mut Conn, id: PeerId, at: Option<Millis>, now: Millis) -> Result<bool> {
    let touched = conn
        .execute(
            sql!(
                "UPDATE peers
                 SET blocked_at = $2, updated_at = $3
                 WHERE id = $1 AND (blocked_at IS NULL) <> ($2 IS NULL)"
            ),
            args![id, at, now],
        )
        .await?;
    Ok(touched == 1)
}
