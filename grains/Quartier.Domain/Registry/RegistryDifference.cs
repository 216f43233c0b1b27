using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>What differs between two registries.</summary>
/// <param name="Changes">For people; empty when nothing differs, though the files may be written differently.</param>
/// <param name="Reach">Whom it concerns.</param>
public sealed record RegistryDifference(ImmutableArray<RegistryChange> Changes, RegistryReach Reach);
