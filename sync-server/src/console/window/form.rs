//! What was typed at the window, and the matter that it makes.

use minqing_core::{
    Id,
    model::{Category, Channel, Check, MAX_MATTER_TEXT, NewMatter, Role},
    speech::{EmergencyRow, Speech, Term},
    words::Lang,
};
use serde::Deserialize;

use crate::{
    app::App,
    console::{desk::AtDesk, doors, line::row_of_desk},
    fault::Fault,
    pipeline::{Registration, Then, register},
    slip,
};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub csrf: String,
    /// The id that the matter will have: a form sent twice registers once.
    pub once: String,
    /// The button.
    #[serde(rename = "do")]
    pub act: String,
    /// The number that the page showed as served.
    pub served: String,
    pub channel: String,
    pub kind: String,
    /// By which the door is looked for.
    pub who: String,
    /// The door that was chosen among those found.
    pub household: String,
    pub place: String,
    pub category: String,
    pub affected: String,
    pub text: String,
    pub urgent: String,
    /// The code of a slip from the stock.
    pub slip: String,
    /// Whether it was settled on the spot.
    pub settled: String,
    /// How.
    pub how: String,
    /// Whether the office runs the errand from start to end.
    pub errand: String,
}

impl Typed {
    /// An empty form, with what most choose.
    pub fn fresh(app: &App) -> Self {
        let [channel, kind, affected] = ["hall", "help", "household"].map(str::to_owned);
        Self { once: app.pen.id(&*app.entropy, app.clock.now_ms()).to_string(), channel, kind, affected, ..Self::default() }
    }

    /// Without what browsers put around it.
    pub fn tidied(mut self) -> Self {
        for field in [&mut self.who, &mut self.place, &mut self.text, &mut self.slip, &mut self.how] {
            *field = field.replace("\r\n", "\n").trim().to_owned();
        }
        self
    }

    /// The category, as far as one was chosen.
    pub fn category(&self) -> Option<Category> {
        Category::from_word(&self.category)
    }
}

/// What the form offers to choose from.
pub struct Shown {
    pub channels: Vec<Term>,
    pub kinds: Vec<Term>,
    pub affected: Vec<Term>,
    pub emergencies: Vec<EmergencyRow>,
    pub categories: Vec<CategoryChoice>,
}

/// A category, with its picture and the digit that chooses it.
pub struct CategoryChoice {
    pub term: Term,
    /// Of the sprite.
    pub icon: String,
    /// 1 to 9; empty for those without.
    pub key: String,
}

/// What is brought to a window most comes first, and has a key.
const OFTEN: [Category; 9] = [
    Category::Utilities,
    Category::Environment,
    Category::Sanitation,
    Category::Mediation,
    Category::Relief,
    Category::OldAgeAllowance,
    Category::Housing,
    Category::Care,
    Category::Employment,
];

impl Shown {
    /// In a language.
    pub fn of(lang: Lang) -> Self {
        let speech = Speech(lang);
        let hall = [Channel::Hall, Channel::CallCentre].map(|channel| channel.word().to_owned());
        let channel = |word: String| Term { said: minqing_core::words::say(lang, &format!("window-by-{}", word.replace('_', "-")), &[]), word };
        let rest = Category::ALL.iter().copied().filter(|category| !OFTEN.contains(category));
        let category = |(n, category): (usize, Category)| CategoryChoice {
            icon: format!("c-{}", category.word().replace('_', "-")),
            key: if n < OFTEN.len() { (n + 1).to_string() } else { String::new() },
            term: Term { said: speech.code("category", category.word()), word: category.word().to_owned() },
        };
        Self {
            channels: hall.into_iter().map(channel).collect(),
            kinds: speech.choices("matter-kind"),
            affected: speech.choices("affected"),
            emergencies: speech.emergencies(),
            categories: OFTEN.into_iter().chain(rest).enumerate().map(category).collect(),
        }
    }
}

/// A matter that was registered, for its paper.
pub struct Saved {
    pub id: Id,
    pub new: NewMatter,
    pub code: String,
    /// Where the slip was just made: known now and never again. Else empty.
    pub pin: String,
    pub then: Then,
}

/// Registers what was typed. `master`: a matter that is the same, by its id.
pub fn save(app: &App, desk: &AtDesk, typed: &Typed, master: Option<&str>) -> Result<Saved, Fault> {
    let community = &desk.community;
    let household = doors::chosen(&typed.who, &typed.household, &doors::found(app, community, &typed.who)?)?;
    let master = master.map(|id| row_of_desk(app, desk, id)).transpose()?;
    let new = NewMatter {
        kind: typed.kind.clone(),
        channel: one_of_ours(&typed.channel)?,
        // Whoever chooses the same matter has chosen its category.
        category: master.as_ref().filter(|_| typed.category.is_empty()).map_or_else(|| typed.category.clone(), |row| row.category.clone()),
        text: typed.text.clone(),
        place: typed.place.clone(),
        household: household.map(|door| door.to_string()).unwrap_or_default(),
        community: community.clone(),
        affected: typed.affected.clone(),
        slip: typed.slip.clone(),
        urgent: typed.urgent.clone(),
        errand: !typed.errand.is_empty(),
        ..NewMatter::default()
    };
    new.check()?;
    let then = match (master, typed.settled.is_empty()) {
        (Some(row), _) => Then::Follows(Id(row.id)),
        (None, true) => Then::Waits,
        (None, false) => {
            Check::root().field("how").some_text(&typed.how, MAX_MATTER_TEXT)?;
            Then::Settled(typed.how.clone())
        }
    };
    // What is no id of ours gets one.
    let id = typed.once.parse().ok().filter(|id: &Id| id.is_timed()).unwrap_or_else(|| app.pen.id(&*app.entropy, app.clock.now_ms()));
    // Sent twice: before a slip is looked for that is bound by now, or made for nobody.
    if app.store.matter_row(id)?.is_some() {
        return Err(Fault::new("matter.registered", ""));
    }
    let (code, pin) = code(app, community, &new)?;
    let registration = Registration { id, community: community.clone(), by: desk.session.staff.id, role: Role::Clerk, new, code, then };
    register(app, &registration)?;
    let Registration { new, code, then, .. } = registration;
    Ok(Saved { id, new, code, pin, then })
}

/// The window and the telephone; whatever else comes in otherwise.
fn one_of_ours(channel: &str) -> Result<String, Fault> {
    let ours = [Channel::Hall, Channel::CallCentre].iter().any(|one| one.word() == channel);
    if ours { Ok(channel.to_owned()) } else { Err(Fault::new("code.unknown", "channel")) }
}

/// The code of the slip that was handed out, or a fresh one with its PIN.
fn code(app: &App, community: &str, new: &NewMatter) -> Result<(String, String), Fault> {
    let Some(code) = new.slip_code()? else {
        let made = slip::make_one(app, community)?;
        return Ok((made.code, made.pin));
    };
    match app.store.slip(&code)?.filter(|slip| slip.community == community) {
        None => Err(Fault::new("slip.unknown", "slip")),
        Some(slip) if slip.matter.is_some() => Err(Fault::new("slip.bound", "slip")),
        Some(_) => Ok((code, String::new())),
    }
}

/// The fields in which somebody can go wrong: in the others something is always chosen.
const FIELDS: [&str; 6] = ["who", "place", "text", "category", "slip", "how"];

/// The field beside which a fault is said; empty for the whole form.
pub fn field(fault: &Fault) -> &'static str {
    match fault.code {
        "household.unknown" | "window.door" => "who",
        _ => FIELDS.iter().find(|field| **field == fault.what).copied().unwrap_or_default(),
    }
}
