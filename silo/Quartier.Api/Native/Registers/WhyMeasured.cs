using Quartier.Contracts.Registry;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>Why something is measured.</summary>
/// <param name="Why">In one sentence.</param>
/// <param name="Entry">What the register says of it.</param>
internal sealed record WhyMeasured(BilingualText Why, RegisterEntry Entry);
