//! Whoever holds a slip shows it by code and PIN: a few tries, and the same answer and time whatever is wrong.

use axum::http::StatusCode;
use minqing_core::{Id, ids::normal_code};

use crate::{
    app::App,
    auth::tries::{Door, Limit},
    problem::Problem,
};

/// What the holder of a slip may look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The community for which it was printed.
    pub community: String,
    /// The matter that was registered with it; `None` until then.
    pub matter: Option<Id>,
}

/// Checks a code, as typed, with its PIN.
///
/// # Errors
/// 401 `slip.wrong` where the two do not belong together, 429 `tries.too_many`, 503 `store.failed`.
pub async fn check(app: &App, code: &str, pin: &str) -> Result<Holder, Problem> {
    // What cannot be a code is counted under its own letters and is no slip's.
    let code = normal_code(code).unwrap_or_else(|| code.to_owned());
    app.tries.take(Door::LookUp, Limit::Pin, &[code.as_bytes()])?;
    let slip = app.work(move |app| app.store.slip(&code)).await?;
    let right = app.passwords.matches(slip.as_ref().map(|slip| slip.phc.clone()), typed(pin)).await;
    match slip {
        Some(slip) if right => Ok(Holder { community: slip.community, matter: slip.matter }),
        _ => Err(Problem::new(StatusCode::UNAUTHORIZED, "slip.wrong")),
    }
}

/// A PIN as it was typed: as the slip shows it, in two groups, too, and with the wide digits of a Chinese keyboard.
fn typed(pin: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        c => c,
    };
    pin.chars().filter(|c| !c.is_whitespace() && *c != '-').map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        slip::make,
        testing::{COMMUNITY, World},
    };

    #[tokio::test]
    async fn code_and_pin_belong_together_however_they_are_typed() {
        let world = World::open();
        let made = make(&world.app, COMMUNITY, 2).unwrap();
        let [one, other] = [&made[0], &made[1]];
        let code = async |code: &str, pin: &str| check(&world.app, code, pin).await.map_err(|problem| (problem.status.as_u16(), problem.code));
        let held = Ok(Holder { community: COMMUNITY.into(), matter: None });
        assert_eq!(code(&minqing_core::ids::shown(&one.code).to_lowercase(), &format!(" {}", one.pin)).await, held);
        let wide: String = one.pin.chars().map(|digit| char::from_u32(u32::from(digit) + 0xfee0).unwrap()).collect();
        for pin in [crate::slip::shown_pin(&one.pin), wide] {
            assert_eq!(code(&one.code, &pin).await, held, "{pin}");
        }
        let wrong = Err((401, "slip.wrong"));
        assert_eq!(code(&one.code, &other.pin).await, wrong);
        assert_eq!(code("00000000", &one.pin).await, wrong, "nobody's code, and the same answer");
        assert_eq!(code("没有", &one.pin).await, wrong);
        assert_eq!(code(&one.code, "").await, wrong);
    }

    #[tokio::test]
    async fn a_pin_is_guessed_a_few_times_and_others_are_not_held_up() {
        let world = World::with("[tries]\npin_at_once = 2\npin_an_hour = 6");
        let made = make(&world.app, COMMUNITY, 2).unwrap();
        let status = async |n: usize, pin: &str| check(&world.app, &made[n].code, pin).await.map_or_else(|problem| problem.status.as_u16(), |_| 200);
        let wrong = format!("{:06}", (made[0].pin.parse::<u32>().unwrap() + 1) % 1_000_000);
        assert_eq!([status(0, &wrong).await, status(0, &wrong).await, status(0, &made[0].pin).await], [401, 401, 429], "the right one waits too");
        assert_eq!(status(1, &made[1].pin).await, 200);
        world.clock.turn(600_000);
        assert_eq!(status(0, &made[0].pin).await, 200);
    }
}
