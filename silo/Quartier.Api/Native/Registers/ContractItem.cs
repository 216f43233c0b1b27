using System.Collections.Immutable;
using Quartier.Api.Json;

namespace Quartier.Api.Native.Registers;

/// <summary>A contract as officers see it.</summary>
/// <param name="Id">Id of the contract.</param>
/// <param name="Partner">With whom.</param>
/// <param name="Streams">Ids of stream entries beyond which nothing is read.</param>
/// <param name="Purposes">Ids of purposes beyond which nothing is read.</param>
/// <param name="Onward">Whether and how the partner may pass data on.</param>
/// <param name="Until">When everything under it ends.</param>
/// <param name="Ended">Whether it has ended.</param>
/// <param name="Keys">Ids of the keys bound to it that are valid now.</param>
internal sealed record ContractItem(
    string Id,
    string Partner,
    ImmutableArray<string> Streams,
    ImmutableArray<string> Purposes,
    string Onward,
    UtcTime Until,
    bool Ended,
    ImmutableArray<string> Keys);
