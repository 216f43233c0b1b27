namespace Orleans;

/// <summary>Names the grain type of a class; without it, it is the class's name in lower case without <c>Grain</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute : Attribute
{
    /// <summary>Names the grain type.</summary>
    public GrainTypeAttribute(string grainType) => ArgumentException.ThrowIfNullOrWhiteSpace(grainType);
}
