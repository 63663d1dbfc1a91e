//! Style, script, fonts and icons: in the binary, under names that carry a hash of what they hold.
//!
//! A changed file has a changed name, so a browser may keep each for a year. The files of `css` and of `js` are
//! joined, in the order of their names, to one `app.css` and one `app.js`.

use std::borrow::Cow;
use std::collections::HashMap;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::RustEmbed;

use crate::platform::crypto;

#[derive(RustEmbed)]
#[folder = "src/web/static"]
struct Files;

/// What is served under `/assets/`.
pub struct Assets {
    urls: HashMap<String, String>,
    bodies: HashMap<String, Asset>,
}

struct Asset {
    mime: String,
    body: Bytes,
}

impl Assets {
    /// Reads all files and names them. Style sheets come last, because they name fonts.
    pub fn load() -> Self {
        let mut assets = Self { urls: HashMap::new(), bodies: HashMap::new() };
        for name in Files::iter().filter(|name| !name.contains('/')) {
            if let Some(file) = Files::get(&name) {
                assets.add(&name, file.data);
            }
        }
        assets.add("app.js", joined("js/").into());
        assets.add("app.css", joined("css/").into());
        assets
    }

    fn add(&mut self, name: &str, data: Cow<'static, [u8]>) {
        let data = if std::path::Path::new(name).extension().is_some_and(|extension| extension == "css") {
            self.with_urls(&data)
        } else {
            data.into_owned()
        };
        let hash = &crypto::sha256(&data).to_hex()[..12];
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let served = format!("{stem}.{hash}.{extension}");
        self.urls.insert(name.to_owned(), format!("/assets/{served}"));
        let mime = mime_guess::from_ext(extension).first_or_octet_stream().to_string();
        self.bodies.insert(served, Asset { mime, body: data.into() });
    }

    /// Puts hashed names where a style sheet says `url("font.woff2")`.
    fn with_urls(&self, sheet: &[u8]) -> Vec<u8> {
        let mut text = String::from_utf8_lossy(sheet).into_owned();
        for (name, url) in &self.urls {
            text = text.replace(&format!("url(\"{name}\")"), &format!("url(\"{url}\")"));
        }
        text.into_bytes()
    }

    /// The address of a file, as in `/assets/app.1a2b3c4d5e6f.css`.
    pub fn url(&self, name: &str) -> Option<&str> {
        self.urls.get(name).map(String::as_str)
    }

    /// What a file says.
    pub fn text(&self, name: &str) -> Cow<'_, str> {
        let served = self.url(name).and_then(|url| url.rsplit('/').next());
        let asset = served.and_then(|served| self.bodies.get(served));
        asset.map_or(Cow::Borrowed(""), |asset| String::from_utf8_lossy(&asset.body))
    }

    /// Every file under the name that it is served by.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.bodies.iter().map(|(name, asset)| (name.as_str(), asset.body.as_ref()))
    }

    /// Answers a request for `/assets/{served}`.
    pub fn answer(&self, served: &str) -> Response {
        let Some(asset) = self.bodies.get(served) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        (
            [
                (header::CONTENT_TYPE, asset.mime.as_str()),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            Body::from(asset.body.clone()),
        )
            .into_response()
    }
}

/// All files of a folder, one after the other.
fn joined(folder: &str) -> Vec<u8> {
    let mut names: Vec<_> = Files::iter().filter(|name| name.starts_with(folder)).collect();
    names.sort();
    let files = names.iter().filter_map(|name| Files::get(name));
    files.flat_map(|file| file.data.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_names_its_fonts_by_their_hashes() {
        let assets = Assets::load();

        let sheet = assets.url("app.css").expect("the style sheet").trim_start_matches("/assets/");
        let text = String::from_utf8_lossy(&assets.bodies[sheet].body).into_owned();

        assert!(text.contains(assets.url("inter.woff2").expect("the font")));
        assert!(!text.contains("url(\"inter.woff2\")"));
    }
}
