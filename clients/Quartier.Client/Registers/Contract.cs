namespace Quartier.Client.Registers;

/// <summary>A contract with a third party.</summary>
/// <param name="Id">Id of the contract.</param>
/// <param name="Partner">With whom.</param>
/// <param name="Streams">Ids of stream entries.</param>
/// <param name="Purposes">Ids of purposes.</param>
/// <param name="Onward">Whether and how the partner may pass data on.</param>
/// <param name="Until">When everything under it ends.</param>
/// <param name="Ended">Whether it has ended.</param>
/// <param name="Keys">Ids of the keys bound to it that are valid now.</param>
public sealed record Contract(
    string Id,
    string Partner,
    IReadOnlyList<string> Streams,
    IReadOnlyList<string> Purposes,
    string Onward,
    DateTimeOffset Until,
    bool Ended,
    IReadOnlyList<string> Keys);
