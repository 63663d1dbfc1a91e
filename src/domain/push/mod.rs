//! Push: news that a browser or an app shows while no page is open.
