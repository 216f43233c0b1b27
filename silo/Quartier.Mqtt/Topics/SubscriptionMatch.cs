namespace Quartier.Mqtt.Topics;

/// <summary>A subscriber whose filter matches a topic.</summary>
/// <param name="Subscriber">Who.</param>
/// <param name="Subscription">How it subscribed.</param>
internal readonly record struct SubscriptionMatch<T>(T Subscriber, Subscription Subscription);
