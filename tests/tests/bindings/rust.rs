//! The story in Rust, through the same objects as the other languages call.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use minqing_mobile_ffi::{Minqing, MinqingError, Speech};
use minqing_tests::{
    network::{Answer, send},
    story_phone::{System, key_of},
};
use serde_json::{Value, json};

use super::{
    call::{Ear, Hanging, call},
    measure, world,
};
use crate::end_to_end::program;
use minqing_core::client::{Contacted, Request, Step};

/// Until something that never comes is given up.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn rust_plays_the_story() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, world) = world::world(dir.path());
    let story: Value = serde_json::from_slice(&fs::read(world::story()).unwrap()).unwrap();
    let steps = story["steps"].as_array().unwrap();
    let mut played =
        Story { dir: dir.path().to_owned(), kept: world.as_object().unwrap().clone().into_iter().collect(), phones: BTreeMap::new(), ears: BTreeMap::new() };
    for (number, step) in (1..).zip(steps) {
        played.play(step).unwrap_or_else(|told| panic!("step {number} ({step}): {told}"));
    }
    assert!(steps.len() >= 25);
    println!("rust: story: {} steps played", steps.len());
    let phone = |name: &str| played.phones[name].clone();
    measure::lists_of_500(&phone("li"), &phone("zhao"), world["grid"].as_str().unwrap(), world["office"].as_str().unwrap());
}

struct Story {
    dir: PathBuf,
    kept: BTreeMap<String, Value>,
    phones: BTreeMap<String, Arc<Minqing>>,
    ears: BTreeMap<String, Arc<Ear>>,
}

impl Story {
    fn play(&mut self, step: &Value) -> Result<(), String> {
        if let Some(date) = step["say_when"].as_str() {
            return same("", &json!(Speech::new("zh".into()).day(date.into(), step["now_ms"].as_i64().unwrap())), &step["is"]);
        }
        if let Some(code) = step["say_code"].as_array() {
            let [list, word] = [0, 1].map(|i| code[i].as_str().unwrap().to_owned());
            return same("", &json!(Speech::new("zh".into()).code(list, word)), &step["is_zh"]);
        }
        if let Some(word) = step["say_emergency"].as_str() {
            let numbers = Speech::new("zh".into()).emergencies();
            let number = numbers.iter().find(|e| e.word == word).map(|e| e.telephone.as_str());
            return same("", &json!(number), &step["telephone"]);
        }
        if step["do"] == "office" {
            return self.office(step);
        }
        let result = match self.act(step) {
            Err(error) => return check_error(&error, step),
            Ok(_) if step.get("fails").is_some() => return Err("it did not fail".into()),
            Ok(result) => result,
        };
        for (name, path) in step["keep"].as_object().into_iter().flatten() {
            self.kept.insert(name.clone(), at(&result, path.as_str().unwrap()));
        }
        let mut expected = step["expect"].as_object().into_iter().flatten();
        expected.try_for_each(|(path, value)| same(path, &at(&result, path), &self.filled(value)))
    }

    fn act(&mut self, step: &Value) -> Result<Value, MinqingError> {
        let name = step["phone"].as_str().or(step["on"].as_str()).unwrap_or_default().to_owned();
        match (step["do"].as_str(), step["call"].as_str()) {
            (Some("open"), _) => {
                let dir = self.dir.join(&name);
                fs::create_dir_all(&dir).unwrap();
                let phone = Minqing::new(dir.display().to_string(), Arc::new(System), key_of(&name))?;
                let ear = Arc::new(Ear::default());
                phone.listen(Some(ear.clone()));
                self.ears.insert(name.clone(), ear);
                self.phones.insert(name, Arc::new(phone));
                Ok(Value::Null)
            }
            (Some("practice"), _) => {
                let phone = Minqing::practice(self.dir.join(step["of"].as_str().unwrap()).display().to_string(), Arc::new(System))?;
                self.phones.insert(name, Arc::new(phone));
                Ok(Value::Null)
            }
            (Some("heard"), _) => Ok(self.ears[&name].heard()),
            (Some("enrol"), _) => {
                self.phones[&name].begin_enrolment(self.filled(&step["code"]).as_str().unwrap().into(), "story/1".into())?;
                self.contact(&name, "office")
            }
            (Some("sync"), _) => {
                self.phones[&name].begin_contact()?;
                self.contact(&name, step["office"].as_str().unwrap_or("office"))
            }
            (Some("admin"), _) => {
                let texts: Vec<String> =
                    self.named(&step["args"]).as_array().unwrap().iter().map(|arg| arg.as_str().map_or_else(|| arg.to_string(), str::to_owned)).collect();
                let args: Vec<&str> = ["admin"].into_iter().chain(texts.iter().map(String::as_str)).collect();
                Ok(program::json(Path::new(self.kept["data"].as_str().unwrap()), &args))
            }
            (Some("poked"), _) => {
                let request = self.phones[&name].poke_request()?.expect("no token");
                let heard = listen(self.kept["office"].as_str().unwrap(), &request);
                let by = step["by"].as_str().unwrap();
                self.phones[by].begin_contact()?;
                self.contact(by, "office")?;
                Ok(json!(heard.recv_timeout(PATIENCE).expect("nothing was heard")))
            }
            (Some("cancel"), _) => {
                // The future is dropped where it waits for the network.
                let leaving = async { tokio::time::timeout(std::time::Duration::from_millis(200), self.phones[&name].sync(Arc::new(Hanging), None)).await };
                let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
                assert!(runtime.block_on(leaving).is_err(), "it was not cancelled");
                Ok(Value::Null)
            }
            (Some("picture"), _) => {
                let path = self.dir.join("picture.png");
                let size = |name: &str| u32::try_from(step[name].as_u64().unwrap()).unwrap();
                image::DynamicImage::new_rgb8(size("width"), size("height")).save(&path).unwrap();
                Ok(json!(path.display().to_string()))
            }
            (Some("kill"), _) => {
                self.phones.remove(&name);
                let (dir, door) = (self.dir.join(&name), self.kept["door"].as_str().unwrap());
                let ended = Command::new(env!("CARGO_BIN_EXE_story-phone")).arg(dir).args([&name, door, step["note"].as_str().unwrap()]).status().unwrap();
                assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ended), Some(9));
                Ok(Value::Null)
            }
            (None, Some(method)) => {
                let args: Vec<Value> = step["args"].as_array().into_iter().flatten().map(|arg| self.filled(arg)).collect();
                call(&self.phones[&name], method, &args)
            }
            _ => panic!("Rust does not know how to {step}"),
        }
    }

    /// Somebody of the office moves a matter, or writes at another path, over the network.
    fn office(&self, step: &Value) -> Result<(), String> {
        let who = &self.kept[step["as"].as_str().unwrap()];
        let mut deed = self.named(&step["deed"]);
        (deed["csrf"], deed["role"]) = (who["csrf"].clone(), who["role"].clone());
        let path = step["path"].as_str().map_or_else(|| format!("matters/{}/events", self.filled(&step["matter"]).as_str().unwrap()), str::to_owned);
        let request = ureq::post(format!("{}/v1/{path}", self.kept["office"].as_str().unwrap()))
            .header("cookie", who["cookie"].as_str().unwrap())
            .header("content-type", "application/json");
        request.send(deed.to_string()).map(drop).map_err(|e| format!("the office: {e}"))
    }

    /// Puts in what was kept, and leaves everything else as it is.
    fn named(&self, value: &Value) -> Value {
        match value {
            Value::Array(all) => all.iter().map(|v| self.named(v)).collect(),
            Value::Object(fields) => fields.iter().map(|(k, v)| (k.clone(), self.named(v))).collect(),
            _ => self.filled(value),
        }
    }

    /// Says all there is to say, bytes in, bytes out.
    fn contact(&self, name: &str, office: &str) -> Result<Value, MinqingError> {
        let (phone, office) = (&self.phones[name], self.kept[office].as_str().unwrap());
        let mut brought = Contacted::default();
        loop {
            match phone.next_step()? {
                Step::Done => return Ok(serde_json::to_value(brought).unwrap()),
                Step::Again => {}
                Step::Send { request } => {
                    let Ok(Answer { status, headers, body }) = send(office, &request) else { return Err(phone.request_failed()) };
                    brought = phone.take_response(status, headers, body)?;
                }
            }
        }
    }

    /// Puts in what was kept, and takes the names of records away.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => text.strip_prefix('$').map_or_else(|| value.clone(), |name| self.kept[name].clone()),
            Value::Array(all) => all.iter().map(|v| self.filled(v)).collect(),
            Value::Object(named) => {
                let fields = named.values().next().unwrap().as_object().unwrap();
                fields.iter().map(|(k, v)| (k.clone(), self.filled(v))).collect()
            }
            _ => value.clone(),
        }
    }
}

/// The first event of a stream; the stream stands when this returns.
fn listen(office: &str, request: &Request) -> mpsc::Receiver<String> {
    let mut asked = ureq::get(format!("{office}{}", request.path));
    for header in &request.headers {
        asked = asked.header(&header.name, &header.value);
    }
    let lines = BufReader::new(asked.call().unwrap().into_body().into_reader()).lines();
    let (tell, heard) = mpsc::channel();
    thread::spawn(move || lines.map_while(Result::ok).find_map(|line| tell.send(line.strip_prefix("event:")?.trim().to_owned()).ok()));
    heard
}

fn check_error(error: &MinqingError, step: &Value) -> Result<(), String> {
    use MinqingError::{Invalid, Malformed, Missing, Office, State, Store};
    let (Invalid { code, zh, en, .. }
    | Missing { code, zh, en, .. }
    | Malformed { code, zh, en }
    | State { code, zh, en }
    | Office { code, zh, en, .. }
    | Store { code, zh, en }) = error;
    if let (Invalid { path, .. }, Some(expected)) = (error, step.get("path")) {
        same("path", &json!(path), expected)?;
    }
    assert!(!zh.is_empty() && !en.is_empty() && zh != en, "a sentence in both languages");
    same("code", &json!(code), &step["fails"])
}

fn same(what: &str, is: &Value, expected: &Value) -> Result<(), String> {
    if is == expected { Ok(()) } else { Err(format!("{what} is {is}, not {expected}")) }
}

fn at(value: &Value, path: &str) -> Value {
    path.split('.').filter(|part| !part.is_empty()).fold(value.clone(), |value, part| match part {
        "#" => json!(value.as_array().map(Vec::len)),
        part => part.parse::<usize>().map_or_else(|_| value[part].clone(), |i| value[i].clone()),
    })
}
