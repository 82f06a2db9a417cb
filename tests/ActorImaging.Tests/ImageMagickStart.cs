using System.Runtime.CompilerServices;
using ActorImaging.Imaging;
using ActorImaging.Imaging.Magick;

namespace ActorImaging.Tests;

/// <summary>Specs look at pictures with ImageMagick themselves: the policy must be in force before.</summary>
internal static class ImageMagickStart
{
    [ModuleInitializer]
    internal static void Initialize() => MagickRuntime.EnsureInitialized();
}
