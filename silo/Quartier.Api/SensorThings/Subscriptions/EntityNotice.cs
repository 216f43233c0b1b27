namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>That an entity was created or changed, as the subscribers of one topic are told.</summary>
/// <param name="Topic">The topic's name in UTF-8.</param>
/// <param name="Payload">The entity, what was selected of it, or the property, as JSON.</param>
/// <param name="Source">By which decision somebody may have it; null when everybody may, as over HTTP.</param>
public sealed record EntityNotice(ReadOnlyMemory<byte> Topic, ReadOnlyMemory<byte> Payload, NoticeSource? Source);
