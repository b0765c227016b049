/** @type {import('next').NextConfig} */
const nextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded by Node as they are: bundling them gains nothing and breaks what they look up beside themselves.
  serverExternalPackages: ['pg', 'drizzle-orm'],
  // Types are checked by the gate, with stricter settings and one configuration per room.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
};

export default nextConfig;
