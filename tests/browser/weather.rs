//! Faults that a person switches on at the page: seen by everyone, and over when they are switched off.
use baoxiu::sandbox::WANG;

use crate::page::Page;
use crate::town::Town;

stories!(server_errors, too_many_requests);

async fn server_errors(town: &mut Town, page: &Page) {
    town.opens().await;
    switched_on(page, "500").await;
    met(town, page, "500").await;
}

async fn too_many_requests(town: &mut Town, page: &Page) {
    town.opens().await;
    page.turns_dark().await;
    switched_on(page, "429").await;
    met(town, page, "429").await;
}

/// Opens the panel, chooses and switches on; the bar says so, on every page.
async fn switched_on(page: &Page, kind: &str) {
    page.taps("[data-testid=backstage-button]", "").await;
    page.sees("[data-testid=fault-switch]", "开启故障").await;
    page.pictures("panel").await;
    page.taps(&format!("[data-testid=fault-kind][data-kind=\"{kind}\"]"), kind).await;
    if kind == "429" {
        page.types_over("[data-testid=fault-seconds]", "1").await;
    }
    page.taps("[data-testid=fault-switch]", "开启故障").await;
    page.sees("[data-testid=fault-switch]", "关闭故障").await;
    page.pictures("on").await;
    page.taps("[data-testid=backstage-close]", "").await;
    page.sees("[data-testid=fault-bar]", kind).await;
}

async fn met(town: &mut Town, page: &Page, kind: &str) {
    let wang = page.person(WANG);
    wang.taps_on("[data-testid=start]", "开始").await;
    page.taps("[data-testid=backstage-button]", "").await;
    page.sees(&format!("[data-testid=call][data-method=sendMessage][data-status=\"{kind}\"]"), "王女士").await;
    page.taps("[data-testid=log-failed]", "").await;
    page.pictures("refused").await;
    page.taps("[data-testid=backstage-close]", "").await;
    wang.turns().await;
    page.pictures("waiting").await;
    assert!(town.person(WANG).shown().is_empty(), "nothing arrives while the fault is on");
    page.taps("[data-testid=fault-off]", "").await;
    page.sees_no_more("[data-testid=fault-bar]", "").await;
    wang.hears("这里是报修服务").await;
    page.pictures("arrived").await;
    assert_eq!(town.person(WANG).count("这里是报修服务"), 1);
}
