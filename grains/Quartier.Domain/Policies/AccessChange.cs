namespace Quartier.Domain.Policies;

/// <summary>What a change of policy does to one principal's reading.</summary>
/// <param name="Principal">As grants name it; what the public gains or loses is listed for the public alone.</param>
/// <param name="Purpose">Id of the purpose.</param>
/// <param name="Stream">Id of the stream entry, the later one's when it changes.</param>
/// <param name="Before">How far it reached; null for not at all.</param>
/// <param name="After">How far it will reach; null for not at all.</param>
/// <param name="Datastreams">How many registered datastreams this concerns.</param>
/// <param name="Example">One of them, as <c>gateway/sensor/property</c>.</param>
public sealed record AccessChange(
    string Principal, string Purpose, string Stream, ReadAccess? Before, ReadAccess? After, int Datastreams, string Example);
