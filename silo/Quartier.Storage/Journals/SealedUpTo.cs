namespace Quartier.Storage.Journals;

/// <summary>Of a datastream and one expiry day, everything journaled before the position.</summary>
internal readonly record struct SealedUpTo(int Datastream, long Position);
