using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registers;

/// <summary>The live configuration from which registers and records are written.</summary>
/// <param name="Registry">What is registered.</param>
/// <param name="Policies">What is in force; null without any policy: everything is in quarantine then.</param>
/// <param name="NowMs">The wall clock, in milliseconds since 1970-01-01T00:00:00Z: grants and contracts that have ended are left out.</param>
public sealed record RegisterBasis(RegistrySnapshot Registry, PolicySnapshot? Policies, long NowMs);
