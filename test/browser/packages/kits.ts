// UI kits, styles and icons.
import type { PackageCase } from './package-case.ts';

export const kits: PackageCase[] = [
  {
    name: '@mui/material',
    dependencies: {
      '@mui/material': '^6.0.0',
      '@emotion/react': '^11.13.0',
      '@emotion/styled': '^11.13.0',
      '@mui/icons-material': '^6.0.0',
    },
    code: `import { Button, CssBaseline, ThemeProvider, createTheme } from '@mui/material';
import Box from '@mui/material/Box';
import DeleteIcon from '@mui/icons-material/Delete';
import { styled } from '@mui/material/styles';
const Big = styled(Button)({ fontSize: 30 });
export default () => <ThemeProvider theme={createTheme({ palette: { primary: { main: '#ff0000' } } })}><CssBaseline /><Box sx={{ p: 2 }}><Big id="out" variant="contained" startIcon={<DeleteIcon />}>Press</Big></Box></ThemeProvider>;`,
    shows: { text: 'Press', style: ['background-color', 'rgb(255, 0, 0)'] },
  },
  {
    name: '@mui/x-date-pickers',
    dependencies: {
      '@mui/material': '^6.0.0',
      '@mui/x-date-pickers': '^7.20.0',
      '@emotion/react': '^11.13.0',
      '@emotion/styled': '^11.13.0',
      dayjs: '^1.11.0',
    },
    code: `import { DateCalendar } from '@mui/x-date-pickers/DateCalendar';
import { LocalizationProvider } from '@mui/x-date-pickers/LocalizationProvider';
import { AdapterDayjs } from '@mui/x-date-pickers/AdapterDayjs';
import dayjs from 'dayjs';
export default () => <LocalizationProvider dateAdapter={AdapterDayjs}><DateCalendar value={dayjs('2024-02-10')} /></LocalizationProvider>;`,
    shows: { in: '.MuiPickersCalendarHeader-label', text: 'February 2024' },
  },
  {
    name: '@emotion/react',
    dependencies: { '@emotion/react': '^11.13.0', '@emotion/styled': '^11.13.0', '@emotion/css': '^11.13.0' },
    code: `import { Global, css } from '@emotion/react';
import styled from '@emotion/styled';
import { css as cls } from '@emotion/css';
const P = styled.p\`color: rgb(1, 2, 3);\`;
export default () => <><Global styles={css\`body { margin: 7px; }\`} /><P id="out" className={cls({ fontSize: 31 })}>styled</P></>;`,
    shows: { style: ['color', 'rgb(1, 2, 3)'] },
  },
  {
    name: 'styled-components',
    dependencies: { 'styled-components': '^6.1.0' },
    code: `import styled, { createGlobalStyle, ThemeProvider } from 'styled-components';
const Global = createGlobalStyle\`body { margin: 3px; }\`;
const P = styled.p<{ $on: boolean }>\`color: \${(p) => p.theme.fg};\`;
export default () => <ThemeProvider theme={{ fg: 'rgb(9, 8, 7)' }}><Global /><P id="out" $on>styled</P></ThemeProvider>;`,
    shows: { style: ['color', 'rgb(9, 8, 7)'] },
  },
  {
    name: 'antd',
    dependencies: { antd: '^5.21.0', '@ant-design/icons': '^5.5.0' },
    code: `import { SmileOutlined } from '@ant-design/icons';
import { Button, ConfigProvider, DatePicker, Table } from 'antd';
import 'antd/dist/reset.css';
export default () => <ConfigProvider theme={{ token: { colorPrimary: '#ff0000' } }}><Button id="out" type="primary" icon={<SmileOutlined />}>Press</Button><DatePicker /><Table rowKey="k" columns={[{ title: 'T', dataIndex: 'k' }]} dataSource={[{ k: 'cell' }]} /></ConfigProvider>;`,
    shows: { text: 'Press', style: ['background-color', 'rgb(255, 0, 0)'] },
  },
  {
    name: '@chakra-ui/react 2',
    dependencies: {
      '@chakra-ui/react': '^2.10.0',
      '@emotion/react': '^11.13.0',
      '@emotion/styled': '^11.13.0',
      'framer-motion': '^11.0.0',
    },
    code: `import { Button, ChakraProvider } from '@chakra-ui/react';
export default () => <ChakraProvider><Button id="out" bg="rgb(255, 0, 0)">Press</Button></ChakraProvider>;`,
    shows: { text: 'Press', style: ['background-color', 'rgb(255, 0, 0)'] },
  },
  {
    name: '@chakra-ui/react 3',
    dependencies: { '@chakra-ui/react': '~3.2.0', '@emotion/react': '^11.13.0' },
    code: `import { Button, ChakraProvider, defaultSystem } from '@chakra-ui/react';
export default () => <ChakraProvider value={defaultSystem}><Button id="out" bg="rgb(255, 0, 0)">Press</Button></ChakraProvider>;`,
    shows: { text: 'Press', style: ['background-color', 'rgb(255, 0, 0)'] },
  },
  {
    name: '@mantine/core',
    dependencies: { '@mantine/core': '^7.13.0', '@mantine/hooks': '^7.13.0' },
    code: `import '@mantine/core/styles.css';
import { Button, MantineProvider } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
function B() { const [on, { toggle }] = useDisclosure(); return <Button id="out" color="rgb(255, 0, 0)" onClick={toggle}>{on ? 'on' : 'off'}</Button>; }
export default () => <MantineProvider><B /></MantineProvider>;`,
    shows: { press: '#out', text: 'on', style: ['background-color', /rgb\((255|230), 0, 0\)/] },
  },
  {
    name: 'react-bootstrap',
    dependencies: { 'react-bootstrap': '^2.10.0', bootstrap: '^5.3.0' },
    code: `import 'bootstrap/dist/css/bootstrap.min.css';
import Alert from 'react-bootstrap/Alert';
import { Button } from 'react-bootstrap';
export default () => <><Alert variant="danger">!</Alert><Button id="out" variant="danger">Press</Button></>;`,
    shows: { style: ['background-color', 'rgb(220, 53, 69)'] },
  },
  {
    name: '@headlessui/react',
    dependencies: { '@headlessui/react': '^2.1.0', '@heroicons/react': '^2.1.0' },
    code: `import { Disclosure, DisclosureButton, DisclosurePanel } from '@headlessui/react';
import { BeakerIcon } from '@heroicons/react/24/solid';
export default () => <Disclosure><DisclosureButton>go <BeakerIcon width={20} /></DisclosureButton><DisclosurePanel id="out">opened</DisclosurePanel></Disclosure>;`,
    shows: { press: 'button', text: 'opened' },
  },
  {
    name: 'react-icons',
    dependencies: { 'react-icons': '^5.3.0' },
    code: `import { FaBeer } from 'react-icons/fa';
import { MdHome } from 'react-icons/md';
export default () => <p><FaBeer /><MdHome /></p>;`,
    shows: { in: 'svg path', count: 2 },
  },
  {
    name: '@fortawesome/react-fontawesome',
    dependencies: {
      '@fortawesome/react-fontawesome': '^0.2.2',
      '@fortawesome/free-solid-svg-icons': '^6.6.0',
      '@fortawesome/fontawesome-svg-core': '^6.6.0',
    },
    code: `import { FontAwesomeIcon } from '@fortawesome/react-fontawesome';
import { faCoffee } from '@fortawesome/free-solid-svg-icons';
export default () => <FontAwesomeIcon icon={faCoffee} />;`,
    shows: { in: 'svg[data-icon=mug-saucer] path', count: 1 },
  },
  {
    name: '@fortawesome/fontawesome-free',
    dependencies: { '@fortawesome/fontawesome-free': '^6.6.0' },
    code: `import { useEffect, useState } from 'react';
import '@fortawesome/fontawesome-free/css/all.min.css';
export default function App() {
  const [fonts, set] = useState('');
  useEffect(() => { document.fonts.load('900 40px "Font Awesome 6 Free"', '\\uf015').then((l) => set(l[0]?.status)); }, []);
  return <><i id="icon" className="fa-solid fa-house" /><p id="out">{fonts}</p></>;
}`,
    shows: { text: 'loaded' },
  },
  {
    name: '@phosphor-icons/react',
    dependencies: {
      '@phosphor-icons/react': '^2.1.0',
      '@tabler/icons-react': '^3.19.0',
      'lucide-react': '^0.460.0',
    },
    code: `import { Horse } from '@phosphor-icons/react';
import { IconHome } from '@tabler/icons-react';
import { Camera } from 'lucide-react';
export default () => <p><Horse size={32} /><IconHome /><Camera /></p>;`,
    shows: { in: 'svg', count: 3 },
  },
  {
    name: '@fluentui/react-components',
    dependencies: { '@fluentui/react-components': '^9.55.0' },
    code: `import { Button, FluentProvider, webLightTheme } from '@fluentui/react-components';
export default () => <FluentProvider theme={webLightTheme}><Button id="out" appearance="primary">Press</Button></FluentProvider>;`,
    shows: { text: 'Press', style: ['background-color', 'rgb(15, 108, 189)'] },
  },
  {
    name: 'primereact',
    dependencies: { primereact: '^10.8.0', primeicons: '^7.0.0' },
    code: `import 'primereact/resources/themes/lara-light-cyan/theme.css';
import 'primeicons/primeicons.css';
import { Button } from 'primereact/button';
export default () => <Button id="out" label="Press" icon="pi pi-check" />;`,
    shows: { text: 'Press', style: ['border-radius', '6px'] },
  },
  {
    name: '@blueprintjs/core',
    dependencies: { '@blueprintjs/core': '^5.13.0' },
    code: `import '@blueprintjs/core/lib/css/blueprint.css';
import { Button, Tag } from '@blueprintjs/core';
export default () => <><Button id="out" intent="primary" text="Press" /><Tag>t</Tag></>;`,
    shows: { text: 'Press', style: ['background-color', 'rgb(45, 114, 210)'] },
  },
  {
    name: 'react-aria-components',
    dependencies: { 'react-aria-components': '^1.4.0' },
    code: `import { useState } from 'react';
import { Button } from 'react-aria-components';
export default function App() { const [n, set] = useState(1); return <Button id="out" onPress={() => set(n + 1)}>pressed {n}</Button>; }`,
    shows: { press: '#out', text: 'pressed 2' },
  },
  {
    name: 'cmdk',
    dependencies: {
      cmdk: '^1.0.0',
      'input-otp': '^1.4.0',
      'react-resizable-panels': '^2.1.0',
      'next-themes': '^0.4.0',
    },
    code: `import { Command } from 'cmdk';
import { OTPInput } from 'input-otp';
import { ThemeProvider } from 'next-themes';
import { Panel, PanelGroup, PanelResizeHandle } from 'react-resizable-panels';
export default () => <ThemeProvider><PanelGroup direction="horizontal"><Panel><Command><Command.Input /><Command.List><Command.Item>Apple</Command.Item></Command.List></Command></Panel><PanelResizeHandle /><Panel><OTPInput maxLength={2} render={() => null} /></Panel></PanelGroup></ThemeProvider>;`,
    shows: { in: '[cmdk-item]', text: 'Apple' },
  },
  {
    name: 'radix-ui',
    dependencies: { '@radix-ui/themes': '^3.1.0' },
    code: `import '@radix-ui/themes/styles.css';
import { Button, Theme } from '@radix-ui/themes';
export default () => <Theme accentColor="red"><Button id="out">Press</Button></Theme>;`,
    shows: { text: 'Press', style: ['background-color', /229, 72, 77|color\(display-p3/] },
  },
  {
    name: 'CSS of packages',
    dependencies: { 'animate.css': '^4.1.1', 'normalize.css': '^8.0.1' },
    code: `import 'animate.css';
import 'normalize.css';
export default () => <p id="out" className="animate__animated animate__bounce">css</p>;`,
    shows: { style: ['animation-name', 'bounce'] },
  },
];
