//! The configuration of Ember, which a function makes for each environment.

use super::Resolver;
use super::value::Value;

/// How an application of Ember imports it, below its own name.
const CONFIGURATION: &str = "/config/environment";

impl Resolver<'_> {
    /// What an import gives: of that configuration, what the function of its file returns, in whatever environment.
    pub(super) fn imported(&mut self, source: &str, values: Vec<Value>) -> Vec<Value> {
        if !source.ends_with(CONFIGURATION) {
            return values;
        }
        let mut made = Vec::new();
        for value in values {
            let Value::Function(file, function, _) = value else {
                made.push(value);
                continue;
            };
            let Some(parsed) = self.project.summary(file) else { continue };
            let returns = parsed.summary.function(function).map(|function| function.returns.clone());
            made.extend(returns.into_iter().flatten().flat_map(|value| self.eval(file, value, &None)));
        }
        made
    }
}
