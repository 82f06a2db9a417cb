namespace ActorImaging.Imaging.Jpeg;

/// <summary>How finely a component is sampled.</summary>
/// <param name="BlocksAcross">Its blocks side by side in an MCU: the sampling factors of the frame header.</param>
/// <param name="BlocksDown">Its blocks below each other in an MCU.</param>
/// <param name="PixelsAcross">Pixels side by side that one sample stands for.</param>
/// <param name="PixelsDown">Pixels below each other that one sample stands for.</param>
internal readonly record struct ComponentSampling(int BlocksAcross, int BlocksDown, int PixelsAcross, int PixelsDown);
