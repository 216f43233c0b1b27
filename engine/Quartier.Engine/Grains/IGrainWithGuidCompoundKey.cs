namespace Orleans;

/// <summary>A grain whose key is a GUID with a string extension.</summary>
public interface IGrainWithGuidCompoundKey : IGrain
{
}
