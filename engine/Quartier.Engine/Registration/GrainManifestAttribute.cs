namespace Quartier.Engine.Registration;

/// <summary>Points to the assembly's <see cref="GrainManifest"/>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute(Type manifest) : Attribute
{
    /// <summary>The manifest; it has a constructor without parameters.</summary>
    public Type Manifest { get; } = manifest;
}
