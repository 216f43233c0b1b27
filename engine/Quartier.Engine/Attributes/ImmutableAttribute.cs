namespace Orleans.Concurrency;

/// <summary>The value is never changed after it was sent, so it need not be copied.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ImmutableAttribute : Attribute
{
}
