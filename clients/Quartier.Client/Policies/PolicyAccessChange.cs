namespace Quartier.Client.Policies;

/// <summary>What a document would change for one principal.</summary>
/// <param name="District">Where.</param>
/// <param name="Principal">For whom.</param>
/// <param name="Purpose">For which purpose.</param>
/// <param name="Stream">Id of the stream entry.</param>
/// <param name="Before">How far it reached; null for not at all.</param>
/// <param name="After">How far it would reach; null for not at all.</param>
/// <param name="Datastreams">How many datastreams this concerns.</param>
/// <param name="Example">One of them.</param>
public sealed record PolicyAccessChange(
    string District,
    string Principal,
    string Purpose,
    string Stream,
    PolicyReach? Before,
    PolicyReach? After,
    int Datastreams,
    string Example);
