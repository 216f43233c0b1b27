using System.Collections.Immutable;
using Quartier.Api.Json;

namespace Quartier.Api.Native.Registers;

/// <summary>A contract as everybody sees it (G1).</summary>
/// <param name="Partner">With whom.</param>
/// <param name="Purposes">Names of the purposes.</param>
/// <param name="Onward">Whether and how the partner may pass data on.</param>
/// <param name="Until">When everything under it ends.</param>
/// <param name="Ended">Whether it has ended.</param>
internal sealed record OpenContractItem(string Partner, ImmutableArray<string> Purposes, string Onward, UtcTime Until, bool Ended);
