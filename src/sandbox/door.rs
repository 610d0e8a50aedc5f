//! The door: every HTTP request comes in here, and only from this machine.
use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::line::Scissors;
use super::refusal::Refusal;
use super::world::World;
use super::{TOKEN, api, page};

/// What every request needs.
#[derive(Clone)]
pub(super) struct House {
    pub world: World,
    pub address: SocketAddr,
}

/// Takes every request and sends it on: Bot API, file download or page.
pub(super) async fn door(
    Shared(house): Shared<House>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    if !from_here(request.headers(), request.method(), house.address) {
        return (StatusCode::FORBIDDEN, "This server talks to its own machine only.").into_response();
    }
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix("/bot") {
        let (token, method) = rest.split_once('/').unwrap_or((rest, ""));
        return api::call(&house.world, &scissors, token, method, request).await;
    }
    if let Some(rest) = path.strip_prefix("/file/bot") {
        let (token, file) = rest.split_once('/').unwrap_or((rest, ""));
        return if token == TOKEN { file_response(&house.world, file) } else { api::refuse(&Refusal::unauthorized()) };
    }
    page::serve(&house.world, &path, request).await
}

/// A page on the web could point a name of its own at this machine, or post a form to it. Neither gets in.
fn from_here(headers: &HeaderMap, method: &Method, address: SocketAddr) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = text(header::HOST) else { return false };
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((six, _)) => six,
        None => host.split(':').next().unwrap_or_default(),
    };
    let ip = name.parse::<std::net::IpAddr>().ok();
    let known = name.eq_ignore_ascii_case("localhost")
        || ip.is_some_and(|ip| ip.is_loopback() || ip == address.ip() || address.ip().is_unspecified());
    let own_origin = text(header::ORIGIN).is_none_or(|origin| {
        method.is_safe() || origin.split_once("://").is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host))
    });
    known && own_origin
}

fn file_response(world: &World, path: &str) -> Response {
    // The path is `<kind>/<file id>`: only the last part names the file.
    let id = path.rsplit('/').next().unwrap_or_default().to_owned();
    match world.read(|state| state.files.get(&id).cloned()) {
        Some(file) => ([(header::CONTENT_TYPE, file.mime)], Body::from(file.bytes)).into_response(),
        None => api::refuse(&Refusal::not_found()),
    }
}
