namespace Quartier.Storage.Readings;

/// <summary>An open block that is due for sealing.</summary>
internal readonly record struct SealItem(Datastream Datastream, OpenBlock Block);
