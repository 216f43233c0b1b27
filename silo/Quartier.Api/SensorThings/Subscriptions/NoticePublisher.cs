namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>Where notices go: the host's MQTT endpoint.</summary>
/// <param name="Publish">Sends one to whoever has subscribed and may have it; never waits.</param>
internal sealed record NoticePublisher(Action<EntityNotice> Publish);
