namespace Quartier.Api.Native.Policies;

/// <summary>What a document would change for one principal.</summary>
internal sealed record PolicyAccessItem(
    string District,
    string Principal,
    string Purpose,
    string Stream,
    PolicyReachItem? Before,
    PolicyReachItem? After,
    int Datastreams,
    string Example);
