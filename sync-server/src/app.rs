//! What every handler holds: the store, the clock, randomness, the keys and the settings.

use std::sync::{Arc, OnceLock};

use minqing_core::guards::Guards;

use crate::{
    area,
    attachment::Files,
    auth::{Keys, password::Gate, token::Verified, tries::Tries},
    clock::Clock,
    config::Config,
    entropy::Entropy,
    fault::Fault,
    figures,
    first_run::FirstRun,
    growth::Growth,
    inbox,
    metrics::Metrics,
    pack::Shelf,
    private,
    rounds::footways::{self, Footways},
    settings::{self, InForce},
    storage::{Store, sqlite::Sqlite},
    sync::{self, Applier, Crowd, Pen, Pokes, Recent},
};

/// The server's parts. Cloning is cheap.
#[derive(Clone)]
pub struct App {
    /// All that is kept.
    pub store: Arc<dyn Store>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The server's keys.
    pub keys: Arc<Keys>,
    /// Phones' tokens that were verified.
    pub tokens: Arc<Verified>,
    /// The settings.
    pub config: Arc<Config>,
    /// Photos and voice.
    pub files: Arc<Files>,
    /// Packs.
    pub shelf: Arc<Shelf>,
    /// How often something may be tried that could be guessed.
    pub tries: Arc<Tries>,
    /// Where passwords are checked, a few at a time.
    pub passwords: Gate,
    /// The code of the first run, while one is waited for.
    pub first_run: Arc<FirstRun>,
    /// The server's own name in the log.
    pub pen: Arc<Pen>,
    /// The calendar, the clocks' lengths and the categories in force.
    pub rules: Arc<InForce>,
    /// Documents that were written last.
    pub recent: Arc<Recent>,
    /// Applies what exchanges received; without one each exchange applies its own.
    pub applier: Option<Arc<Applier>>,
    /// Exchanges that are under way.
    pub crowd: Arc<Crowd>,
    /// Phones that listen for what is new.
    pub pokes: Arc<Pokes>,
    /// Open pages that hear of what is new.
    pub growth: Arc<Growth>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The office's footways, read when somebody first asks.
    ways: Arc<OnceLock<Option<Footways>>>,
    /// What protects the log; tests take one away.
    pub guards: Guards,
    /// Called between received and applied; fault tests end the process there.
    pub received: Arc<dyn Fn() + Send + Sync>,
}

impl App {
    /// Opens the data directory of the settings: makes it, its database, its key and the area tree where they lack.
    ///
    /// # Errors
    /// `data.directory`, `key.file`, `store.failed`, `store.newer`, `area.data`.
    pub fn open(config: Config, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Result<Self, Fault> {
        let dir = config.data.clone();
        private::make_dir(&dir).map_err(|_| Fault::new("data.directory", dir.display().to_string()))?;
        let store = Sqlite::open(&dir, clock.as_ref(), entropy.as_ref())?;
        area::load_if_none(&store)?;
        let keys = Keys::open(&dir, entropy.as_ref())?;
        let rules = settings::begin(&store, clock.now_ms())?;
        let app = Self::with_store(Arc::new(store), clock, entropy, Arc::new(keys), Arc::new(config));
        let app = Self { rules: Arc::new(InForce::new(rules)), ..app };
        figures::count_again(&app)?;
        inbox::fill(&app)?;
        app.store.fill_words()?;
        sync::apply_again(&app)?;
        Ok(app)
    }

    /// Applies what a crash left between received and applied. A failure stops nothing: the items stay received and
    /// are tried again when their phone asks.
    pub fn catch_up(&self) {
        if !self.guards.caught_up {
            return;
        }
        match sync::apply_waiting(self) {
            Ok(0) => {}
            Ok(items) => tracing::info!(items, "applied what was received before the last stop"),
            Err(e) => tracing::error!(code = e.code(), "what was received before the last stop could not be applied"),
        }
    }

    /// Starts the thread that applies for all exchanges together.
    #[must_use]
    pub fn with_applier(self) -> Self {
        let applier = Applier::start(Self { applier: None, ..self.clone() });
        Self { applier: Some(Arc::new(applier)), ..self }
    }

    /// Puts parts together that were opened elsewhere, as a store that fails on purpose.
    pub fn with_store(store: Arc<dyn Store>, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, keys: Arc<Keys>, config: Arc<Config>) -> Self {
        let pen = Arc::new(Pen::new(&*entropy));
        let files = Arc::new(Files::of(&config.data));
        let shelf = Arc::new(Shelf::of(&config.data));
        let tries = Arc::new(Tries::new(&config.tries, clock.clone()));
        let crowd = Arc::new(Crowd::new(&config.limits));
        let pokes = Arc::new(Pokes::new(config.limits.listening));
        let growth = Arc::new(Growth::default());
        let (phones, pages) = (pokes.clone(), growth.clone());
        store.on_growth(Arc::new(move |streams| {
            phones.grown(streams);
            pages.grown(streams);
        }));
        let (passwords, tokens, rules, recent, metrics) = (Gate::default(), Arc::default(), Arc::default(), Arc::default(), Arc::default());
        Self {
            store,
            clock,
            entropy,
            keys,
            tokens,
            config,
            files,
            shelf,
            tries,
            passwords,
            first_run: Arc::default(),
            pen,
            rules,
            recent,
            applier: None,
            crowd,
            pokes,
            growth,
            metrics,
            ways: Arc::default(),
            guards: Guards::default(),
            received: Arc::new(|| ()),
        }
    }

    /// The ways on which rounds are walked, if the office imported some. Blocks when it is first asked.
    pub fn footways(&self) -> Option<&Footways> {
        let read = || {
            footways::load(&self.config.data).unwrap_or_else(|e| {
                tracing::error!(code = e.code, "the office's footways cannot be read: rounds are walked in straight lines");
                None
            })
        };
        self.ways.get_or_init(read).as_ref()
    }

    /// Runs a blocking job on a worker thread. A panic in it goes on here, to become a problem.
    pub async fn work<T: Send + 'static>(&self, job: impl FnOnce(&Self) -> T + Send + 'static) -> T {
        let app = self.clone();
        match tokio::task::spawn_blocking(move || job(&app)).await {
            Ok(done) => done,
            Err(e) => match e.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // Only when the runtime is being shut down: nobody waits for an answer any more.
                Err(_) => std::future::pending().await,
            },
        }
    }
}
