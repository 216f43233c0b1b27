using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt.Sessions;

/// <summary>One subscription of a session.</summary>
/// <param name="Terms">How it subscribed.</param>
/// <param name="Group">The group in which it shares; null when it does not share.</param>
internal sealed record SessionSubscription(Subscription Terms, SharedGroup? Group);
