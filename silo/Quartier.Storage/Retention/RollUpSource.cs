namespace Quartier.Storage.Retention;

/// <summary>Whose readings are summed: those of a datastream in the partition file of an expiry day.</summary>
internal readonly record struct RollUpSource(int Datastream, int ExpiryDay, long File);
