//! From a model to a request.

use portcullis_iam::{Action, Context, ContextKey, KeyState, Request, Timestamp, Values};

use super::tableau::Model;
use crate::facts::Domain;
use crate::fold::{EPOCH, NOW, Scene};

/// The request of the model.
pub(crate) fn of_model(scene: &Scene<'_>, action: &Action, resource: &str, model: &Model) -> Request {
    let mut context = known(scene);
    for (variable, state) in &model.keys {
        let Some(own) = scene.variables.get(*variable) else { continue };
        if own.key.as_str() == NOW {
            set_time(&mut context, state);
        } else {
            context.set(own.key.clone(), state.clone());
        }
    }
    request(scene, action, resource, context)
}

/// A request of which only what is common to all is said.
pub(crate) fn plain(scene: &Scene<'_>, action: &Action, resource: &str) -> Request {
    request(scene, action, resource, known(scene))
}

fn request(scene: &Scene<'_>, action: &Action, resource: &str, context: Context) -> Request {
    Request {
        caller: scene.caller().clone(),
        credential: scene.frame.credential,
        action: action.clone(),
        resource: resource.into(),
        resource_owner: None,
        context,
    }
}

/// What is known of every request; hidden facts are unknown.
fn known(scene: &Scene<'_>) -> Context {
    let mut context = Context::default();
    for (key, domain) in scene.frame.facts.stated() {
        match domain {
            Domain::Free { .. } => {}
            Domain::Since(now) => set_seconds(&mut context, *now),
            Domain::Absent | Domain::One(_) | Domain::Many(_) | Domain::Hidden => {
                context.set(ContextKey::new(key), domain.constant());
            }
        }
    }
    context
}

fn set_time(context: &mut Context, state: &KeyState) {
    let KeyState::Known(Values::One(text)) = state else { return };
    match text.parse::<i64>() {
        Ok(seconds) => set_seconds(context, Timestamp::from_seconds(seconds)),
        Err(_) => context.set(ContextKey::new(NOW), state.clone()),
    }
}

fn set_seconds(context: &mut Context, time: Timestamp) {
    let one = |text: String| KeyState::Known(Values::One(text.into()));
    context.set(ContextKey::new(NOW), one(time.to_string()));
    context.set(ContextKey::new(EPOCH), one(time.seconds().to_string()));
}
