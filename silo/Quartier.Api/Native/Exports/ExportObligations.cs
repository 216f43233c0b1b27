using Quartier.Api.Native.Districts;

namespace Quartier.Api.Native.Exports;

/// <summary>On what a part of an export rests, and what its reader must keep to.</summary>
internal sealed record ExportObligations(string Policy, string? Grant, string? Purpose, ObligationsItem Obligations);
