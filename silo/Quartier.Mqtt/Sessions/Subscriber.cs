namespace Quartier.Mqtt.Sessions;

/// <summary>What a subscription leads to: the mailbox of one session, or the sessions that share a subscription.</summary>
/// <param name="order">Distinguishes subscribers, so that matches can be sorted by subscriber.</param>
internal abstract class Subscriber(long order)
{
    public long Order { get; } = order;
}
