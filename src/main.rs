//! The command line. No logic: it reads the settings, picks the command, prints the failure.
use std::process::ExitCode;

use baoxiu::app::{Failure, backup, demo, doctor, parked, rekey, serve, signal, terminal, tools};
use baoxiu::config::{Command, Config, Problems, Settings};
use baoxiu::telemetry;

fn main() -> ExitCode {
    let config = match Config::parse() {
        Ok(config) => config,
        Err(problems) => {
            eprintln!("{problems}");
            return ExitCode::from(Problems::EXIT_CODE);
        }
    };
    match run(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn run(Config { command, settings }: Config) -> Result<(), Failure> {
    match command {
        Command::Check => tools::check(&settings).map(|text| println!("{text}")),
        Command::Graph { dialog } => tools::draw(&settings, dialog.as_deref()).map(|text| println!("{text}")),
        Command::Match { text, jsonl } => tools::match_addresses(&settings, text.as_deref(), jsonl),
        Command::Chat { dialog, lang } => terminal::chat(&settings, dialog.as_deref(), lang.as_deref()),
        Command::Parked { what } => {
            block_on(&settings, async |_| parked::parked(&settings, what).await.map(|text| println!("{text}")))
        }
        Command::Backup { file } => {
            block_on(&settings, async |stop| backup::backup(&settings, &file, stop).await.map(|text| println!("{text}")))
        }
        Command::Restore { file } => {
            block_on(&settings, async |stop| backup::restore(&settings, &file, stop).await.map(|text| println!("{text}")))
        }
        Command::Doctor => block_on(&settings, async |_| doctor::doctor(&settings).await),
        Command::RotateKey => {
            block_on(&settings, async |stop| rekey::rotate(&settings, stop).await.map(|text| println!("{text}")))
        }
        Command::Run => block_on(&settings, async |stop| serve::serve(&settings, stop).await),
        Command::Demo { data, fresh } => {
            let wishes = demo::Wishes { listen: settings.listen, data, fresh };
            block_on(&settings, async |stop| demo::demo(&settings, wishes, stop).await)
        }
    }
}

fn block_on(
    settings: &Settings,
    work: impl AsyncFnOnce(tokio::sync::watch::Receiver<bool>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    telemetry::start(&settings.log, settings.log_format).map_err(Failure::new)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::new)?;
    runtime.block_on(async {
        let stop = signal::stop_signal()?;
        work(stop).await
    })
}
